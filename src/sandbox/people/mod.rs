//! People: what a human sees and does with Discord's client.
//!
//! `Guild` sets a server up by hand, `Person` acts in it, the `Seen…` types are what is on the person's
//! screen. Whatever Discord or its client would not let a person do is a `PersonError` with a sentence.

mod acts;
mod control;
mod guild;
mod input;
mod modal;
mod person;
mod picker;
mod seen;
mod seen_message;
mod show;
mod text;
mod wait;

pub use control::RawInteraction;
pub use guild::{ChannelType, Guild, Overwrite, Role};
pub use input::{OptionInput, Outcome, PersonError, Reaction};
pub(crate) use modal::OpenModal;
pub use modal::{SeenField, SeenModal};
pub use person::Person;
pub use picker::{Choice, SeenChoice, SeenCommand, SeenOption};
pub use seen::SeenChannel;
pub use seen_message::{
    SeenAttachment, SeenButton, SeenEmbed, SeenEmbedField, SeenMessage, SeenSelect, SeenSelectOption,
};
