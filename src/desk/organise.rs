//! The categories of a desk, and whose tickets are one level up.

use super::set_up::managers_only;
use super::{Desk, DeskError, Refusal, SetUp, text};
use crate::domain::actor::Actor;
use crate::domain::category::{self, CATEGORIES_MAX, KEYWORDS_MAX, NAME_MAX};
use crate::domain::id::RoleId;
use crate::domain::ticket::Priority;

/// Instead of a text: what was there is taken away.
pub(super) const NOTHING: &str = "-";

/// What to do with a category. What is left out stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CategoryChange {
    /// Make it, or change it.
    Save {
        /// What readers of German see; `-` for the same as everybody.
        german: Option<String>,
        /// Words and phrases with commas between them; `-` for none.
        keywords: Option<String>,
        /// What its tickets start with; `None` inside for the usual.
        priority: Option<Option<Priority>>,
    },
    /// Take it out of use.
    Retire,
}

/// What to do with the role whose tickets are one level up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VipChange {
    /// It is this role.
    Set(RoleId),
    /// There is none.
    Clear,
}

impl Desk {
    /// Adds, changes or retires a category.
    pub async fn change_category(
        &self,
        actor: &Actor,
        name: &str,
        change: CategoryChange,
    ) -> Result<SetUp, DeskError> {
        managers_only(actor)?;
        let set_up = self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let name = text(name, NAME_MAX)?;
        let known = category::named(&set_up.categories, &name);
        let mut tx = self.store.begin().await?;
        match change {
            CategoryChange::Retire => {
                let known = known.ok_or(Refusal::NoSuchCategory { name: Some(name) })?;
                tx.retire_category(actor.guild, known.id).await?;
            }
            CategoryChange::Save { german, keywords, priority } => {
                let mut category = match known {
                    Some(known) => known.clone(),
                    None if set_up.categories.len() >= CATEGORIES_MAX => {
                        return Err(Refusal::TooManyCategories { max: CATEGORIES_MAX }.into());
                    }
                    None => tx.add_category(actor.guild, &name).await?,
                };
                if let Some(german) = german {
                    category.german = edited(&german, NAME_MAX)?;
                }
                if let Some(typed) = keywords {
                    category.keywords = match typed.trim() {
                        NOTHING => Vec::new(),
                        typed => category::keywords(typed),
                    };
                    category.keywords.truncate(KEYWORDS_MAX);
                }
                if let Some(priority) = priority {
                    category.priority = priority;
                }
                tx.update_category(actor.guild, &category).await?;
            }
        }
        tx.commit().await?;
        Ok(self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?)
    }

    /// Says whose tickets are one level up.
    pub async fn change_vip(&self, actor: &Actor, change: VipChange) -> Result<SetUp, DeskError> {
        managers_only(actor)?;
        let role = match change {
            VipChange::Set(role) => Some(role),
            VipChange::Clear => None,
        };
        let mut tx = self.store.begin().await?;
        tx.set_vip(actor.guild, role).await?;
        tx.commit().await?;
        Ok(self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?)
    }
}

/// A text that replaces another, or takes it away.
pub(super) fn edited(typed: &str, max: usize) -> Result<Option<String>, Refusal> {
    if typed.trim() == NOTHING { Ok(None) } else { text(typed, max).map(Some) }
}
