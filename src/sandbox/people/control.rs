//! Interactions that Discord's client would never send: forged ids and values, for attacks in tests.
//!
//! A modified client can send any custom id and value of a component that stands in a message it sees,
//! any option value, and any modal text; Discord checks little of it. So nothing is checked here but
//! that the person sees the channel and the message.

use serde_json::{Value, json};

use super::{Person, PersonError, Reaction, person::visible};
use crate::sandbox::{interactions::Begin, world::InteractionKind};

/// What is sent without the client's checks.
#[derive(Debug, Clone)]
pub enum RawInteraction {
    /// A component with any custom id; the message is any that exists, or none.
    Component {
        /// The message that is claimed to hold it.
        message: u64,
        /// The custom id.
        custom_id: String,
        /// Discord's component type: 2 button, 3 select.
        kind: u64,
        /// Chosen values, for selects.
        values: Vec<String>,
    },
    /// A modal that was never opened.
    Modal {
        /// The custom id.
        custom_id: String,
        /// Text inputs by custom id.
        fields: Vec<(String, String)>,
        /// The message that is claimed to have opened it.
        message: Option<u64>,
    },
    /// A command with any data, as in Discord's JSON.
    Command {
        /// The `data` of the interaction.
        data: Value,
    },
}

impl Person {
    /// Sends an interaction as it is.
    pub async fn sends_interaction_raw(
        &self,
        channel: u64,
        raw: RawInteraction,
    ) -> Result<Reaction, PersonError> {
        let (kind, data, source) = match raw {
            RawInteraction::Component { message, custom_id, kind, values } => {
                let mut data = json!({ "component_type": kind, "custom_id": custom_id, "id": 1 });
                if kind != 2 {
                    data["values"] = json!(values);
                }
                (InteractionKind::Component, data, Some(message))
            }
            RawInteraction::Modal { custom_id, fields, message } => {
                let rows = fields.iter().enumerate().map(|(index, (id, value))| {
                    let input = json!({ "type": 4, "id": index * 2 + 2, "custom_id": id, "value": value });
                    json!({ "type": 1, "id": index * 2 + 1, "components": [input] })
                });
                let data = json!({ "custom_id": custom_id, "components": rows.collect::<Vec<_>>() });
                (InteractionKind::ModalSubmit, data, message)
            }
            RawInteraction::Command { data } => (InteractionKind::Command, data, None),
        };
        let command = data["name"].as_str().map(str::to_owned);
        let pending = self.sandbox.change(|world| {
            visible(world, channel, self.id)?;
            if let Some(message) = source {
                self.visible_message(world, message)?;
            }
            let begin = Begin {
                kind,
                channel,
                user: self.id,
                data,
                command,
                from_menu: false,
                focused_kind: None,
                opened_by: None,
                source,
            };
            Ok::<_, PersonError>(self.send(world, begin))
        })?;
        Ok(self.wait_for(pending).await)
    }
}
