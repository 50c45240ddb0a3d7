//! Which addresses of outside providers may be called: over TLS, and never one inside our own network, because the
//! desk would otherwise knock on doors for anybody who may set it up.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use secrecy::SecretString;
use url::{Host, Url};

/// Longest address.
const LENGTH_MAX: usize = 500;

/// How far a desk may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses over TLS.
    Public,
    /// This machine as well, and without TLS there: for a desk that itself talks to nothing but this machine.
    ThisMachineToo,
}

/// Why an address must not be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsafe {
    /// Not an address, or one with a name and password in it.
    #[error("not an address that can be called")]
    NoAddress,
    /// Not over TLS.
    #[error("only https is called")]
    NotHttps,
    /// Inside a private network, or this machine.
    #[error("private addresses are not called")]
    Private,
}

/// An address that was checked. Its host's name is checked again when it is looked up.
#[derive(Clone)]
pub struct SafeUrl(Url);

/// The host alone: the rest may hold a token.
impl fmt::Debug for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SafeUrl({})", self.0.host_str().unwrap_or_default())
    }
}

impl SafeUrl {
    /// Checks an address.
    pub fn check(typed: &str, reach: Reach) -> Result<Self, Unsafe> {
        let url = Url::parse(typed.trim()).map_err(|_| Unsafe::NoAddress)?;
        let has_password = !url.username().is_empty() || url.password().is_some();
        if has_password || url.as_str().len() > LENGTH_MAX {
            return Err(Unsafe::NoAddress);
        }
        let host = url.host().ok_or(Unsafe::NoAddress)?;
        let is_here = reach == Reach::ThisMachineToo && is_this_machine(&host);
        match url.scheme() {
            "https" => {}
            "http" if is_here => {}
            _ => return Err(Unsafe::NotHttps),
        }
        let is_private = match host {
            Host::Ipv4(address) => !is_public(IpAddr::V4(address)),
            Host::Ipv6(address) => !is_public(IpAddr::V6(address)),
            Host::Domain(name) => is_local_name(name),
        };
        if is_private && !is_here { Err(Unsafe::Private) } else { Ok(Self(url)) }
    }

    /// The address itself, for the call that needs it.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }
}

impl From<SafeUrl> for SecretString {
    fn from(url: SafeUrl) -> Self {
        Self::from(String::from(url.0))
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => *name == "localhost",
    }
}

/// Names that only a private network knows.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let endings = [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp"];
    name == "localhost" || !name.contains('.') || endings.iter().any(|ending| name.ends_with(ending))
}

/// Whether an address belongs to the public internet (IANA's special-purpose registries).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        // Shared by carriers, assigned by protocols, old relays, and benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

#[expect(clippy::many_single_char_names, reason = "the eight groups of an address have no other names")]
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let [[w, x], [y, z]] = [high.to_be_bytes(), low.to_be_bytes()];
        is_public_v4(Ipv4Addr::new(w, x, y, z))
    };
    match (a, b) {
        // Written as IPv6, meant as IPv4: mapped, translated (64:ff9b::/96) and 6to4.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => v4(g, h),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => v4(g, h),
        (0x2002, _) => v4(b, c),
        // Teredo, benchmarks, documentation.
        (0x2001, 0 | 2 | 0xdb8) | (0x3fff, 0..=0x0fff) => false,
        // Of all the rest, only global unicast is anybody's public address.
        _ => (0x2000..0x4000).contains(&a),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_public_addresses_over_tls_are_called() {
        for safe in
            ["https://provider.example.com/hook?key=1", "https://93.184.216.34/", "https://[2606:4700::1]/x"]
        {
            assert!(SafeUrl::check(safe, Reach::Public).is_ok(), "{safe}");
        }
        for (unsafe_one, why) in [
            ("http://provider.example.com/", Unsafe::NotHttps),
            ("ftp://provider.example.com/", Unsafe::NotHttps),
            ("file:///etc/passwd", Unsafe::NoAddress),
            ("https://me:secret@provider.example.com/", Unsafe::NoAddress),
            ("not an address", Unsafe::NoAddress),
            ("", Unsafe::NoAddress),
            ("https://127.0.0.1/", Unsafe::Private),
            ("https://2130706433/", Unsafe::Private),
            ("https://0x7f.1/", Unsafe::Private),
            ("https://169.254.169.254/latest/meta-data", Unsafe::Private),
            ("https://10.1.2.3/", Unsafe::Private),
            ("https://192.168.1.1/", Unsafe::Private),
            ("https://172.16.0.1/", Unsafe::Private),
            ("https://100.64.0.1/", Unsafe::Private),
            ("https://0.0.0.0/", Unsafe::Private),
            ("https://[::1]/", Unsafe::Private),
            ("https://[::ffff:10.0.0.1]/", Unsafe::Private),
            ("https://[64:ff9b::a00:1]/", Unsafe::Private),
            ("https://[2002:a00:1::1]/", Unsafe::Private),
            ("https://[fe80::1]/", Unsafe::Private),
            ("https://[fc00::1]/", Unsafe::Private),
            ("https://localhost/", Unsafe::Private),
            ("https://intranet/", Unsafe::Private),
            ("https://db.internal./", Unsafe::Private),
        ] {
            assert_eq!(SafeUrl::check(unsafe_one, Reach::Public).err(), Some(why), "{unsafe_one}");
        }
    }

    #[test]
    fn a_desk_that_never_leaves_this_machine_may_call_it() {
        for here in ["http://127.0.0.1:8080/hook", "http://localhost/", "http://[::1]:1/"] {
            assert!(SafeUrl::check(here, Reach::ThisMachineToo).is_ok(), "{here}");
        }
        for elsewhere in ["http://10.0.0.1/", "http://provider.example.com/"] {
            assert_eq!(SafeUrl::check(elsewhere, Reach::ThisMachineToo).err(), Some(Unsafe::NotHttps));
        }
        assert_eq!(SafeUrl::check("https://10.0.0.1/", Reach::ThisMachineToo).err(), Some(Unsafe::Private));
    }

    #[test]
    fn an_address_does_not_print() {
        let url = SafeUrl::check("https://provider.example.com/token/abc", Reach::Public).unwrap();
        assert_eq!(format!("{url:?}"), "SafeUrl(provider.example.com)");
    }

    proptest! {
        #[test]
        fn an_address_is_as_private_in_every_spelling(bits in any::<u32>()) {
            let plain = Ipv4Addr::from_bits(bits);
            let [w, x, y, z] = plain.octets();
            let (high, low) = (u16::from_be_bytes([w, x]), u16::from_be_bytes([y, z]));
            for spelling in [
                plain.to_ipv6_mapped(),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
            ] {
                prop_assert_eq!(is_public(spelling.into()), is_public(plain.into()), "{}", spelling);
            }
        }

        #[test]
        fn nothing_unsafe_passes(typed in "https?://[0-9a-z.:\\[\\]@]{0,30}") {
            if let Ok(url) = SafeUrl::check(&typed, Reach::Public) {
                prop_assert!(url.expose().starts_with("https://"));
            }
        }
    }
}
