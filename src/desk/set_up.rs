//! Setting a server's desk up. What Discord grants is checked before this is asked to save.

use std::fmt::Write as _;
use std::time::Duration;

use rand::RngExt;
use secrecy::SecretString;

use super::organise::edited;
use super::{Desk, DeskError, Refusal, SetUp, TEXT_MAX, text};
use crate::domain::actor::Actor;
use crate::domain::category;
use crate::domain::desk::{DeskSettings, Provider, Specialism, Webhook};
use crate::domain::id::{CategoryId, ChannelId, RoleId, SpecialismId, UserId};
use crate::domain::job::Lane;
use crate::domain::ladder::LadderRule;
use crate::domain::policy;
use crate::domain::webhook::SafeUrl;
use crate::store::{Timer, Tx};

/// Longest name of a specialism: what fits on a choice in Discord, with room for its role.
const SPECIALISM_MAX: usize = 60;

/// Longest note on when to escalate to a specialism: what a select shows of it.
const NOTE_MAX: usize = 100;
/// Longest time within which a provider promises to react.
const REACTION_MAX: i64 = 30 * 24 * 60;

/// What to do with a specialism.
#[derive(Clone, Debug)]
pub enum SpecialismChange {
    /// Make it, or change it.
    Save(Box<SpecialismEdit>),
    /// Take it out of use.
    Retire,
}

/// What is said about a specialism. What is left out stays as it is; `-` instead of a text takes it away.
#[derive(Clone, Debug, Default)]
pub struct SpecialismEdit {
    /// Whose members may accept; needed for a new one.
    pub role: Option<RoleId>,
    /// Where its packets go. Given a role and no channel, the queue channel.
    pub channel: Option<ChannelId>,
    /// What readers of German see.
    pub german: Option<String>,
    /// The categories it serves, with commas between them.
    pub serves: Option<String>,
    /// When to escalate to it.
    pub note: Option<String>,
    /// Who leads it.
    pub lead: Option<UserId>,
    /// The group that is asked when it stays silent.
    pub next_role: Option<RoleId>,
    /// How long each step of its ladder waits; `-` puts the whole ladder back to the usual.
    pub timeouts: Option<String>,
    /// Whether it is an outside provider.
    pub provider: Option<bool>,
    /// The minutes within which that has promised to react.
    pub reaction: Option<i64>,
    /// Its own system; `None` inside for none.
    pub webhook: Option<Option<SafeUrl>>,
}

/// A specialism as it is saved now.
#[derive(Debug)]
pub struct SpecialismSaved {
    /// The desk with it.
    pub set_up: SetUp,
    /// What calls to its system are signed with, when that is new: shown once.
    pub secret: Option<SecretString>,
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
        let now = self.clock.now();
        tx.save_desk(settings, now).await?;
        tx.set_timer(actor.guild, Lane::Desk(actor.guild), Timer::Daily, now).await?;
        tx.set_up_by(actor.guild, actor.user).await?;
        tx.commit().await?;
        Ok(self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?)
    }

    /// Adds a specialism of this name, or changes or retires the one that it `known`ly means.
    pub async fn change_specialism(
        &self,
        actor: &Actor,
        name: &str,
        known: Option<SpecialismId>,
        change: SpecialismChange,
    ) -> Result<SpecialismSaved, DeskError> {
        managers_only(actor)?;
        let set_up = self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let known = known.and_then(|id| set_up.specialism(id));
        let mut tx = self.store.begin().await?;
        let secret = match change {
            SpecialismChange::Save(edit) => {
                let mut specialism = match (known, edit.role) {
                    (Some(Specialism { name: None, .. }), Some(_)) => {
                        return Err(Refusal::RoleOfSetUp.into());
                    }
                    (Some(known), None) => known.clone(),
                    (Some(known), Some(role)) => Specialism { role, channel: edit.channel, ..known.clone() },
                    (None, Some(role)) => {
                        let name = text(name, SPECIALISM_MAX)?;
                        tx.save_specialism(actor.guild, &name, role, edit.channel).await?
                    }
                    (None, None) => return Err(Refusal::RoleMissing.into()),
                };
                apply(&mut specialism, &edit, &set_up)?;
                tx.update_specialism(actor.guild, &specialism).await?;
                set_webhook(&mut tx, actor, &specialism, *edit).await?
            }
            SpecialismChange::Retire => {
                let name = known.and_then(|known| known.name.as_deref()).ok_or(Refusal::NoSuchSpecialism)?;
                tx.retire_specialism(actor.guild, name).await?;
                None
            }
        };
        tx.commit().await?;
        let set_up = self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        Ok(SpecialismSaved { set_up, secret })
    }
}

/// Changes where a provider's own system is called. A new address gets a new secret.
async fn set_webhook(
    tx: &mut Tx,
    actor: &Actor,
    specialism: &Specialism,
    edit: SpecialismEdit,
) -> Result<Option<SecretString>, DeskError> {
    let webhook = match (edit.webhook, edit.provider) {
        (_, Some(false)) | (Some(None), _) => None,
        (Some(Some(url)), _) => Some(Webhook { url: url.into(), secret: fresh_secret() }),
        (None, _) => return Ok(None),
    };
    tx.set_webhook(actor.guild, specialism.id, webhook.as_ref()).await?;
    Ok(webhook.map(|webhook| webhook.secret))
}

fn apply(specialism: &mut Specialism, edit: &SpecialismEdit, set_up: &SetUp) -> Result<(), Refusal> {
    if let (None, Some(channel)) = (edit.role, edit.channel) {
        specialism.channel = Some(channel);
    }
    if let Some(german) = &edit.german {
        specialism.german = edited(german, SPECIALISM_MAX)?;
    }
    if let Some(note) = &edit.note {
        specialism.note = edited(note, NOTE_MAX)?;
    }
    if let Some(typed) = &edit.serves {
        specialism.serves = match edited(typed, TEXT_MAX)? {
            Some(names) => serves(&names, set_up)?,
            None => Vec::new(),
        };
    }
    let ladder = &mut specialism.ladder;
    if let Some(typed) = &edit.timeouts {
        match edited(typed, TEXT_MAX)? {
            Some(typed) => ladder.timeouts = Some(typed.parse()?),
            None => *ladder = LadderRule { reaction: ladder.reaction, ..LadderRule::default() },
        }
    }
    ladder.lead = edit.lead.or(ladder.lead);
    ladder.next_role = edit.next_role.or(ladder.next_role);
    if let Some(minutes) = edit.reaction {
        let minutes = u64::try_from(minutes.clamp(1, REACTION_MAX)).unwrap_or(1);
        ladder.reaction = Some(Duration::from_mins(minutes));
    }
    let says_provider = edit.reaction.is_some() || matches!(edit.webhook, Some(Some(_)));
    match edit.provider {
        Some(false) => {
            specialism.provider = None;
            ladder.reaction = None;
        }
        Some(true) => specialism.provider = specialism.provider.or(Some(Provider::ByHand)),
        None if says_provider => specialism.provider = specialism.provider.or(Some(Provider::ByHand)),
        None => {}
    }
    Ok(())
}

fn serves(names: &str, set_up: &SetUp) -> Result<Vec<CategoryId>, Refusal> {
    let names = category::keywords(names);
    let ids = names.into_iter().map(|name| match category::named(&set_up.categories, &name) {
        Some(category) => Ok(category.id),
        None => Err(Refusal::NoSuchCategory { name: Some(name) }),
    });
    ids.collect()
}

/// 32 bytes of chance, as text.
fn fresh_secret() -> SecretString {
    let bytes: [u8; 32] = rand::rng().random();
    let text = bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        _ = write!(text, "{byte:02x}");
        text
    });
    SecretString::from(text)
}

pub(super) fn managers_only(actor: &Actor) -> Result<(), Refusal> {
    Ok(policy::check_set_up(actor)?)
}
