//! Telling Discord which commands there are, when that has changed since last time.
//!
//! Discord counts every command that is created, 200 a day and server (Discord docs,
//! interactions/application-commands), so an unchanged set is not sent again. Deleting the fingerprint, or the
//! database, costs one registration and nothing else. A set that Discord has lost otherwise is not noticed here.

use std::hash::{DefaultHasher, Hash, Hasher};

use serenity::http::{LightMethod, Route};

use super::rest::RestError;
use super::{Cx, Identity, commands};
use crate::store::StoreError;

/// What came of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// Discord has the commands of this version now.
    Now,
    /// It had them already.
    Before,
}

/// Why the commands could not be registered. The bot can run with those it had before.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The fingerprint could not be read or saved.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Discord did not take them.
    #[error(transparent)]
    Discord(#[from] RestError),
}

/// Registers all commands, unless Discord has exactly these already.
pub async fn register(cx: &Cx, identity: Identity) -> Result<Registered, RegisterError> {
    let application = identity.application.get().cast_signed();
    let fingerprint = fingerprint();
    if cx.desk.store.registered_commands(application).await?.as_ref() == Some(&fingerprint) {
        cx.mark_registered();
        return Ok(Registered::Before);
    }
    let route = Route::Commands { application_id: identity.application };
    let _: serde_json::Value = cx.rest.send_json(LightMethod::Put, route, &commands::definitions()).await?;
    let mut tx = cx.desk.store.begin().await?;
    tx.commands_registered(application, &fingerprint, cx.desk.clock.now()).await?;
    tx.commit().await?;
    cx.mark_registered();
    Ok(Registered::Now)
}

/// Changes when any word or option of a command does. A new compiler may change it too, which costs one registration.
fn fingerprint() -> String {
    let mut commands = serde_json::to_value(commands::definitions()).expect("our commands have a JSON form");
    // Localisations come from hash maps, whose order is another each time.
    commands.sort_all_objects();
    let mut hasher = DefaultHasher::new();
    commands.to_string().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_commands_have_the_same_fingerprint() {
        let first = fingerprint();
        assert_eq!(first.len(), 16);
        for _ in 0..20 {
            assert_eq!(fingerprint(), first);
        }
    }
}
