//! Files that people send along. They are fetched from Discord's own file hosts and from nowhere else.
//!
//! The address comes with the interaction, but whoever forges one must not make us call a machine of their choice. So:
//! https, the two hosts that Discord serves files from, no redirects, so many bytes and so much time. An origin on this
//! machine that was configured instead of Discord's serves its files itself, under the paths that Discord uses. The token
//! does not go along.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use url::Url;

use super::rest::Rest;
use crate::config::is_loopback;
use crate::domain::question::Attachment;

/// Where Discord serves files (reference, "CDN formatting", and resources/message, "Attachment").
const FILE_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// The paths of attachments there.
const FILE_PATHS: [&str; 2] = ["/attachments/", "/ephemeral-attachments/"];
/// How long a file may take.
const WITHIN: Duration = Duration::from_secs(10);
/// How long nothing may come of it.
const STALLED_AFTER: Duration = Duration::from_secs(4);

/// Why there is no file. No address in it: they are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// It is not where Discord keeps files.
    #[error("the file is not on one of Discord's file hosts")]
    Elsewhere,
    /// It is larger than it may be.
    #[error("the file is too large")]
    TooLarge,
    /// It is not there, or not any more: Discord's addresses expire.
    #[error("the file is not there")]
    Missing,
    /// It did not come.
    #[error("the file could not be fetched")]
    Unreached,
}

impl Rest {
    /// The file of a message that this address leads to, if it is one: named as the address names it.
    pub fn file_at(&self, address: &str) -> Option<Attachment> {
        let url = Url::parse(address).ok().filter(|url| is_file_of(url, self.origin()))?;
        let name = percent_decode_str(url.path_segments()?.next_back()?).decode_utf8_lossy();
        Some(Attachment { name: name.into_owned(), url: address.to_owned(), size: 0, fate: None })
    }

    /// Fetches a file of at most so many bytes.
    pub async fn file(&self, address: &str, max: usize) -> Result<Vec<u8>, FileFault> {
        let url = Url::parse(address).map_err(|_| FileFault::Elsewhere)?;
        if !is_file_of(&url, self.origin()) {
            return Err(FileFault::Elsewhere);
        }
        let fetched = self.client().get(url).timeout(WITHIN).send().await;
        let mut response = fetched.map_err(|_| FileFault::Unreached)?;
        match response.status() {
            status if status.is_success() => {}
            // Redirects are not followed, and nothing of Discord's redirects.
            status if status.is_client_error() || status.is_redirection() => return Err(FileFault::Missing),
            _ => return Err(FileFault::Unreached),
        }
        // Who lies about the length is found out below.
        if response.content_length().is_some_and(|length| length > max as u64) {
            return Err(FileFault::TooLarge);
        }
        let mut bytes = Vec::new();
        let mut next = async || tokio::time::timeout(STALLED_AFTER, response.chunk()).await;
        while let Some(chunk) =
            next().await.map_err(|_| FileFault::Unreached)?.map_err(|_| FileFault::Unreached)?
        {
            if bytes.len() + chunk.len() > max {
                return Err(FileFault::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

fn is_file_of(url: &Url, origin: &str) -> bool {
    let is_plain = url.username().is_empty() && url.password().is_none();
    let is_file = FILE_PATHS.iter().any(|path| url.path().starts_with(path));
    let at_discord = url.scheme() == "https"
        && url.port().is_none()
        && url.host_str().is_some_and(|host| FILE_HOSTS.contains(&host));
    let at_origin =
        is_loopback(url) && Url::parse(origin).is_ok_and(|origin| origin.origin() == url.origin());
    is_plain && is_file && (at_discord || at_origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(address: &str, origin: &str) -> bool {
        Url::parse(address).is_ok_and(|url| is_file_of(&url, origin))
    }

    #[test]
    fn files_come_from_discord_or_the_configured_origin() {
        let discord = "https://discord.com";
        for address in [
            "https://cdn.discordapp.com/attachments/1/2/a.ics?ex=1",
            "https://media.discordapp.net/ephemeral-attachments/1/2/a.ics",
        ] {
            assert!(allowed(address, discord), "{address}");
        }
        assert!(allowed("http://127.0.0.1:4711/ephemeral-attachments/1/2/a.ics", "http://127.0.0.1:4711"));
        for address in [
            "http://cdn.discordapp.com/attachments/1/2/a.ics",
            "https://cdn.discordapp.com:8443/attachments/1/2/a.ics",
            "https://cdn.discordapp.com.evil.example/attachments/1/2/a.ics",
            "https://evil@cdn.discordapp.com/attachments/1/2/a.ics",
            "https://cdn.discordapp.com@evil.example/attachments/1/2/a.ics",
            "https://cdn.discordapp.com/avatars/1/2.png",
            "https://cdn.discordapp.com/attachments/../secret",
            "http://169.254.169.254/attachments/1/2/a.ics",
            "http://127.0.0.1:4711/attachments/1/2/a.ics",
            "file:///attachments/1/2/a.ics",
            "ftp://cdn.discordapp.com/attachments/1/2/a.ics",
        ] {
            assert!(!allowed(address, discord), "{address}");
        }
        assert!(!allowed("http://127.0.0.1:4712/attachments/1/2/a.ics", "http://127.0.0.1:4711"));
        let elsewhere = "https://proxy.example";
        assert!(!allowed("https://proxy.example/attachments/1/2/a.ics", elsewhere), "on this machine alone");
    }
}
