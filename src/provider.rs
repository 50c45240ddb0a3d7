//! Calls the systems of outside providers: one signed POST with the packet of an escalation as JSON.
//!
//! The address is somebody's input, so the desk is careful whom it knocks on: TLS, no redirects, no proxy, and no
//! address inside a private network, looked at once more for what the name means now. What comes back is not read but
//! for its status. Their side can tell a repeated call by its delivery's name.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::StatusCode;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::desk::Packet;
use crate::domain::assessment::{Impact, Urgency};
use crate::domain::desk::Webhook;
use crate::domain::event::Event;
use crate::domain::time::Timestamp;
use crate::domain::webhook::{Reach, SafeUrl, Unsafe, is_public};

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a call did not get through. No address is in it, because that may hold a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The address must not be called.
    #[error(transparent)]
    Unsafe(#[from] Unsafe),
    /// They do not want it, and will not later.
    #[error("the provider refused with {0}")]
    Refused(u16),
    /// Worth another try.
    #[error("the provider was not reached: {0}")]
    Unreached(String),
}

/// The client for all providers.
#[derive(Clone, Debug)]
pub struct Caller {
    client: reqwest::Client,
    reach: Reach,
}

impl Caller {
    /// A client that reaches so far and no farther.
    pub fn new(reach: Reach) -> Result<Self, CallError> {
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .https_only(reach == Reach::Public)
            .dns_resolver(Arc::new(Guarded { reach }))
            .user_agent(concat!("frontdesk/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| CallError::Unreached(why(error)))?;
        Ok(Self { client, reach })
    }

    /// Checks an address that somebody typed.
    pub fn check(&self, typed: &str) -> Result<SafeUrl, Unsafe> {
        SafeUrl::check(typed, self.reach)
    }

    /// Sends a packet. `delivery` is the same for every attempt.
    pub async fn call(
        &self,
        webhook: &Webhook,
        packet: &Packet,
        delivery: &str,
        now: Timestamp,
    ) -> Result<(), CallError> {
        let url = self.check(webhook.url.expose_secret())?;
        let body = body(packet).to_string();
        let timestamp = now.seconds().to_string();
        let signature = format!("v1={}", signature(&webhook.secret, &timestamp, &body));
        let sent = self
            .client
            .post(url.expose())
            .header("Content-Type", "application/json")
            .header("X-Frontdesk-Delivery", delivery)
            .header("X-Frontdesk-Timestamp", timestamp)
            .header("X-Frontdesk-Signature", signature)
            .body(body)
            .send()
            .await;
        let status = sent.map_err(|error| CallError::Unreached(why(error)))?.status();
        match status {
            _ if status.is_success() => Ok(()),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
                Err(CallError::Unreached(format!("status {}", status.as_u16())))
            }
            _ if status.is_server_error() => Err(CallError::Unreached(format!("status {}", status.as_u16()))),
            _ => Err(CallError::Refused(status.as_u16())),
        }
    }
}

/// HMAC-SHA256 over the time and the body, so that a recorded call cannot be sent again much later.
fn signature(secret: &SecretString, timestamp: &str, body: &str) -> String {
    let key = secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::with_capacity(64), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// What a provider needs to begin: the request, what was tried, what is expected. Of the story only what happened and
/// when, and of people no ids: notes and names are the company's own.
fn body(packet: &Packet) -> Value {
    let (ticket, hand_over) = (&packet.ticket, &packet.hand_over);
    let story: Vec<_> = packet.events.iter().map(event).collect();
    json!({
        "kind": "escalation",
        "escalation": hand_over.id.to_string(),
        "specialism": packet.specialism.name,
        "tried": hand_over.tried,
        "expected": hand_over.expected,
        "at": moment(hand_over.at),
        "react_by": packet.specialism.ladder.reaction.map(|reaction| moment(hand_over.at + reaction)),
        "ticket": {
            "number": ticket.number.0,
            "requester": ticket.requester_name,
            "language": ticket.language.code(),
            "subject": ticket.subject,
            "details": ticket.details,
            "question": ticket.question,
            "offered": ticket.offered.iter().map(|offered| &offered.title).collect::<Vec<_>>(),
            "file": ticket.files.first().map(|file| &file.name),
            "files": ticket.files.iter().map(|file| &file.name).collect::<Vec<_>>(),
            "category": ticket.category,
            "priority": ticket.priority.code(),
            "impact": ticket.assessment.impact.map(Impact::code),
            "urgency": ticket.assessment.urgency.map(Urgency::code),
            "opened_at": moment(ticket.opened_at),
        },
        "story": story,
    })
}

fn event(event: &Event) -> Value {
    let what = serde_json::to_value(&event.what).unwrap_or_default();
    json!({ "at": moment(event.at), "what": what["kind"] })
}

fn moment(at: Timestamp) -> Option<String> {
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| at.to_rfc3339())
}

/// What went wrong, without the address.
fn why(error: reqwest::Error) -> String {
    format!("{:#}", anyhow::Error::from(error.without_url()))
}

/// Looks names up and forgets every address that must not be called, so that a name cannot be checked as one address
/// and called as another.
struct Guarded {
    reach: Reach,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<_> = found.filter(|address| is_allowed(*address, reach)).collect();
            if allowed.is_empty() {
                return Err(Box::<dyn std::error::Error + Send + Sync>::from(Unsafe::Private));
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

fn is_allowed(address: SocketAddr, reach: Reach) -> bool {
    is_public(address.ip()) || (reach == Reach::ThisMachineToo && address.ip().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_hmac_sha256_of_time_and_body() {
        let whole = SecretString::from("Jefe");
        // Computed with `printf 1700000000.{} | openssl dgst -sha256 -hmac Jefe`.
        let expected = "d3793e2b4103edfbd98cc19591832f5fad701d413db9fcae0ae7dab8184ed207";
        assert_eq!(signature(&whole, "1700000000", "{}"), expected);
    }

    #[tokio::test]
    async fn a_name_of_this_machine_is_not_called() {
        let caller = Caller::new(Reach::Public).unwrap();
        let resolver = Guarded { reach: caller.reach };
        let refused =
            resolver.resolve("localhost".parse().unwrap()).await.err().map(|error| error.to_string());
        assert_eq!(refused, Some(Unsafe::Private.to_string()));
        let here = Guarded { reach: Reach::ThisMachineToo };
        assert!(here.resolve("localhost".parse().unwrap()).await.is_ok());
    }
}
