//! Who acts, with what they may be: decided anew at every action from the member's roles now.

use super::article::Language;
use super::desk::{DeskSettings, Specialism};
use super::id::{GuildId, RoleId, SpecialismId, UserId};

/// A member of a server at the moment of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The server in which they act. Every look-up is bound to it.
    pub guild: GuildId,
    /// Their account.
    pub user: UserId,
    /// The name shown in that server.
    pub name: String,
    /// The language of their own Discord client.
    pub language: Language,
    /// What they are to the desk.
    pub standing: Standing,
}

/// What a member is to the desk, from their roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Has the first-level role.
    pub first_level: bool,
    /// The specialisms that they may act for.
    pub specialisms: Vec<SpecialismId>,
    /// May manage the server (Discord's Manage Server), and so the desk.
    pub manager: bool,
    /// Their tickets are one level up.
    pub vip: bool,
}

impl Standing {
    /// Reads what a member is from their roles. Whoever a specialism's ladder calls may act for it as well.
    pub fn of_member(
        (user, roles): (UserId, &[RoleId]),
        manager: bool,
        settings: &DeskSettings,
        specialisms: &[Specialism],
    ) -> Self {
        Self {
            first_level: roles.contains(&settings.first_level),
            specialisms: specialisms
                .iter()
                .filter(|specialism| specialism.is_served_by(user, roles))
                .map(|specialism| specialism.id)
                .collect(),
            manager,
            vip: false,
        }
    }

    /// First or second level.
    pub fn is_staff(&self) -> bool {
        self.first_level || !self.specialisms.is_empty()
    }
}
