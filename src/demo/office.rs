//! The small company of the demo: a server with a support channel, a staff channel, three roles, and three people.
//!
//! The employees' role permits nothing: it is there to be read beside the name, and the desk asks for no such role.

use anyhow::Context as _;

use crate::discord::set_up_check;
use crate::sandbox::{Guild, OptionInput, Overwrite, Person};
use crate::sandbox::{Sandbox, permissions};

/// What every employee may do anywhere.
const EMPLOYEE_PERMISSIONS: u64 = permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::SEND_MESSAGES_IN_THREADS
    | permissions::READ_MESSAGE_HISTORY
    | permissions::EMBED_LINKS
    | permissions::ATTACH_FILES
    | permissions::USE_APPLICATION_COMMANDS;

/// The server and the people in it.
#[derive(Clone, Debug)]
pub(super) struct Office {
    /// Where employees ask.
    pub(super) support: u64,
    /// Where staff see the tickets.
    pub(super) queue: u64,
    /// An employee.
    pub(super) ana: Person,
    /// A first-level agent, who also looks after the server.
    pub(super) ben: Person,
    /// A network specialist.
    pub(super) sven: Person,
    first_level: u64,
    second_level: u64,
    language: &'static str,
}

impl Office {
    /// Makes the server, in German or English.
    pub(super) fn open(sandbox: &Sandbox, german: bool) -> Self {
        let locale = if german { "de" } else { "en-US" };
        let guild: Guild = sandbox.create_guild("Nordlicht GmbH");
        guild.set_locale(locale);
        guild.set_everyone(EMPLOYEE_PERMISSIONS);
        let employees = guild.create_role(if german { "Mitarbeitende" } else { "Employee" });
        let first_level =
            guild.create_role("First Level").permissions(permissions::MANAGE_GUILD).mentionable(true);
        let second_level = guild.create_role(if german { "Netzwerk" } else { "Network" }).mentionable(true);
        // The first channel is the one that is open at first, and the asking begins there.
        let support = guild.create_text_channel("support", &[]);
        guild.invite_bot(set_up_check::invited_with().bits());
        let staff_only = [
            Overwrite::role(guild.id, 0, permissions::VIEW_CHANNEL),
            Overwrite::role(first_level.id, permissions::VIEW_CHANNEL, 0),
            Overwrite::role(second_level.id, permissions::VIEW_CHANNEL, 0),
            Overwrite::member(sandbox.bot_id(), permissions::VIEW_CHANNEL, 0),
        ];
        let queue = guild.create_text_channel("support-queue", &staff_only);
        guild.create_text_channel(if german { "allgemein" } else { "general" }, &[]);
        Self {
            support,
            queue,
            ana: guild.add_member("Ana", locale, &[&employees]),
            ben: guild.add_member("Ben", locale, &[&first_level]),
            sven: guild.add_member("Sven", locale, &[&second_level]),
            first_level: first_level.id,
            second_level: second_level.id,
            language: if german { "de" } else { "en" },
        }
    }

    /// Whether they speak German.
    pub(super) fn is_german(&self) -> bool {
        self.language == "de"
    }

    /// Ben sets the desk up, as the README tells him to, and reads that it is: nobody can open a ticket before.
    pub(super) async fn set_up(&self) -> anyhow::Result<()> {
        let options = vec![
            ("support_channel".to_owned(), OptionInput::Channel(self.support)),
            ("queue_channel".to_owned(), OptionInput::Channel(self.queue)),
            ("first_level".to_owned(), OptionInput::Role(self.first_level)),
            ("second_level".to_owned(), OptionInput::Role(self.second_level)),
            ("language".to_owned(), OptionInput::Text(self.language.to_owned())),
        ];
        let told = self.ben.uses(self.support, "desk setup", options).await?;
        let told = told.message().with_context(|| format!("setting up was not answered: {told:?}"))?.id;
        let is_done = || self.ben.sees_message(told).filter(|message| !message.loading);
        self.ben.wait_until(is_done).await.context("setting up did not end")?;
        Ok(())
    }
}
