//! Setting a server's desk up. What Discord grants is checked before this is asked to save.

use super::{Desk, DeskError, Refusal, SetUp, text};
use crate::domain::actor::Actor;
use crate::domain::desk::DeskSettings;
use crate::domain::id::{ChannelId, RoleId};
use crate::domain::policy::Denied;

/// Longest name of a specialism: what fits on a choice in Discord, with room for its role.
const SPECIALISM_MAX: usize = 60;

/// What to do with a named specialism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecialismChange {
    /// Make it, or change its role and channel.
    Save {
        /// Whose members may accept.
        role: RoleId,
        /// Where its packets go; the queue channel when left out.
        channel: Option<ChannelId>,
    },
    /// Take it out of use.
    Retire,
}

impl Desk {
    /// Whether the actor may set the desk up and look after it: asked before Discord is asked about its channels. The
    /// change itself asks again.
    pub fn may_set_up(&self, actor: &Actor) -> Result<(), DeskError> {
        Ok(managers_only(actor)?)
    }

    /// Saves a server's desk, new or again. Tickets, numbers and named specialisms stay as they are.
    pub async fn save_set_up(&self, actor: &Actor, settings: &DeskSettings) -> Result<SetUp, DeskError> {
        managers_only(actor)?;
        let mut tx = self.store.begin().await?;
        tx.save_desk(settings, self.clock.now()).await?;
        tx.commit().await?;
        let specialisms = self.store.specialisms(actor.guild).await?;
        let terms = self.store.terms(actor.guild).await?;
        Ok(SetUp { settings: settings.clone(), specialisms, terms })
    }

    /// Adds, changes or retires a named specialism.
    pub async fn change_specialism(
        &self,
        actor: &Actor,
        name: &str,
        change: SpecialismChange,
    ) -> Result<SetUp, DeskError> {
        managers_only(actor)?;
        let settings = self.store.desk(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let name = text(name, SPECIALISM_MAX)?;
        let mut tx = self.store.begin().await?;
        match change {
            SpecialismChange::Save { role, channel } => {
                tx.save_specialism(actor.guild, &name, role, channel).await?;
            }
            SpecialismChange::Retire => {
                if !tx.retire_specialism(actor.guild, &name).await? {
                    return Err(Refusal::NoSuchSpecialism.into());
                }
            }
        }
        tx.commit().await?;
        let specialisms = self.store.specialisms(actor.guild).await?;
        let terms = self.store.terms(actor.guild).await?;
        Ok(SetUp { settings, specialisms, terms })
    }
}

pub(super) fn managers_only(actor: &Actor) -> Result<(), Refusal> {
    if actor.standing.manager { Ok(()) } else { Err(Denied::ManagersOnly.into()) }
}
