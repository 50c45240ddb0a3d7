//! What every handler and delivery works with.

use std::time::Instant;

use secrecy::SecretString;
use serenity::model::id::{ApplicationId, UserId};
use tokio::sync::{Semaphore, watch};

use super::delays::Delays;
use super::hearing::Heard;
use super::late::Late;
use super::links::Links;
use super::listening::Listening;
use super::names::Names;
use super::recent::Recent;
use super::rest::{Rest, RestError};
use super::shown::Shown;
use crate::config::Transcripts;
use crate::config::is_loopback;
use crate::desk::Desk;
use crate::domain::webhook::Reach;
use crate::provider::Caller;

/// How many files are held in memory at once; each may have 10 MiB.
const FILES_AT_ONCE: usize = 4;

/// The bot's client, and the desk behind it.
#[derive(Debug)]
pub struct Cx {
    /// What people can do.
    pub desk: Desk,
    /// For every call of Discord's REST API.
    pub rest: Rest,
    /// For the systems of outside providers.
    pub provider: Caller,
    /// What our messages show.
    pub shown: Shown,
    /// Interactions that came of late.
    pub(super) recent: Recent,
    /// How long interactions have waited.
    pub(super) delays: Delays,
    /// Answers that are still to come.
    pub(super) late: Late,
    /// Whose events come here.
    pub listening: Listening,
    /// What people are called.
    pub names: Names,
    /// What transcripts hold.
    pub transcripts: Transcripts,
    /// Which channels are tickets' threads, and which messages were heard.
    pub(super) heard: Heard,
    /// Turns to hold a file in memory.
    pub(super) files: Semaphore,
    /// The connections to the gateway.
    pub links: Links,
    identity: watch::Sender<Option<Identity>>,
    registered: watch::Sender<bool>,
}

/// Who the bot is, as Discord says when it connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The application: owns commands and the tokens of interactions.
    pub application: ApplicationId,
    /// The bot's account: the author of its messages.
    pub bot: UserId,
}

impl Cx {
    /// A client for an origin such as `https://discord.com`.
    pub fn new(
        desk: Desk,
        origin: &str,
        token: &SecretString,
        transcripts: Transcripts,
    ) -> Result<Self, RestError> {
        Ok(Self {
            desk,
            rest: Rest::new(origin, token)?,
            provider: Caller::new(reach(origin)).map_err(|error| RestError::Unexpected(error.to_string()))?,
            shown: Shown::default(),
            recent: Recent::default(),
            delays: Delays::new(Instant::now()),
            late: Late::default(),
            listening: Listening::default(),
            names: Names::default(),
            transcripts,
            heard: Heard::default(),
            files: Semaphore::new(FILES_AT_ONCE),
            links: Links::default(),
            identity: watch::Sender::new(None),
            registered: watch::Sender::new(false),
        })
    }

    /// Discord said who the bot is.
    pub(super) fn identify(&self, application: ApplicationId, bot: UserId) {
        self.identity.send_replace(Some(Identity { application, bot }));
    }

    /// Waits until Discord has said who the bot is, once in a process's life.
    pub async fn identified(&self) -> Identity {
        let mut identity = self.identity.subscribe();
        let known = identity.wait_for(Option::is_some).await.ok().and_then(|identity| *identity);
        match known {
            Some(identity) => identity,
            // Only when the sender is gone, which lives as long as `self`.
            None => std::future::pending().await,
        }
    }

    /// Who the bot is, if Discord has said so.
    pub fn identity(&self) -> Option<Identity> {
        *self.identity.borrow()
    }

    /// The commands are known to Discord.
    pub(super) fn mark_registered(&self) {
        self.registered.send_replace(true);
    }

    /// Waits until the commands are known to Discord.
    pub async fn registered(&self) {
        // The sender lives as long as `self`.
        let _ = self.registered.subscribe().wait_for(|registered| *registered).await;
    }
}

/// A desk that talks to a stand-in on this machine may call providers there as well; no other ever does.
fn reach(origin: &str) -> Reach {
    match url::Url::parse(origin) {
        Ok(origin) if is_loopback(&origin) => Reach::ThisMachineToo,
        _ => Reach::Public,
    }
}
