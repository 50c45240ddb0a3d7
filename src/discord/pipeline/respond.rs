//! How an answer gets to Discord: as the response to its interaction, or, after a deferral, by its token.

use anyhow::anyhow;
use serde::de::IgnoredAny;
use serenity::builder::{
    CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseMessage,
    EditInteractionResponse,
};
use serenity::http::{LightMethod, Route};

use super::Envelope;
use crate::discord::Cx;
use crate::discord::reply::{self, Answer, Mistake};
use crate::discord::rest::RestError;
use crate::discord::views::View;
use crate::domain::file::File;

/// How Discord takes an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// As the response to the interaction.
    Respond,
    /// In the message that says that we are at it.
    Fill,
    /// Beside the message that was pressed, or as a change of it.
    Follow,
}

/// What of an answer reached its person.
#[derive(Clone, Copy)]
enum Sent {
    /// The answer.
    AsMeant,
    /// Discord refused the answer, and they read a sentence about that.
    AsApology,
}

impl Envelope<'_> {
    /// Tells Discord that the answer comes later. Whether it knows now.
    pub(super) async fn defer(&self, cx: &Cx, way: Way) -> bool {
        let deferral = match way {
            Way::Follow => CreateInteractionResponse::Acknowledge,
            Way::Fill | Way::Respond => {
                CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true))
            }
        };
        match self.respond(cx, &deferral).await {
            Ok(()) => true,
            Err(fault) => {
                self.undelivered(&fault);
                false
            }
        }
    }

    /// Gives the answer to the person.
    pub(super) async fn deliver(&self, cx: &Cx, way: Way, answer: Answer) {
        // What is remembered is taken before the answer moves away with it.
        let shown = match &answer {
            Answer::Card(view) => self.pressed.map(|pressed| (cx.shown.begin(pressed.message), view.clone())),
            _ => None,
        };
        let sent = match way {
            Way::Respond => self.send(cx, answer).await,
            Way::Fill => self.edit(cx, self.as_view(answer)).await,
            Way::Follow => self.follow(cx, answer).await,
        };
        match (sent, shown) {
            (Err(fault), _) => self.undelivered(&fault),
            (Ok(Sent::AsMeant), Some((writing, view))) => writing.done(&view),
            // The outbox has the card still to update.
            (Ok(Sent::AsApology), _) | (Ok(Sent::AsMeant), None) => {}
        }
    }

    async fn send(&self, cx: &Cx, answer: Answer) -> Result<Sent, RestError> {
        let response = match answer {
            Answer::Ephemeral(view) | Answer::Asked(view) => {
                CreateInteractionResponse::Message(view.into_response_message().ephemeral(true))
            }
            Answer::Update(view) | Answer::Card(view) => {
                CreateInteractionResponse::UpdateMessage(view.into_response_message())
            }
            // What is not named in an update stays as it is, so the embeds do.
            Answer::Done(line) => CreateInteractionResponse::UpdateMessage(
                CreateInteractionResponseMessage::new()
                    .content(line)
                    .components(Vec::new())
                    .allowed_mentions(CreateAllowedMentions::new()),
            ),
            Answer::Form(form) => CreateInteractionResponse::Modal(form),
        };
        let Err(fault) = self.respond(cx, &response).await else { return Ok(Sent::AsMeant) };
        // A message of ours that Discord refuses leaves the interaction unanswered; a sentence still fits.
        if matches!(fault, RestError::Refused { status: 400, .. }) && !fault.is_over() {
            let line = self.incident(&fault.into());
            let message = View::text(line).into_response_message().ephemeral(true);
            self.respond(cx, &CreateInteractionResponse::Message(message)).await?;
            return Ok(Sent::AsApology);
        }
        Err(fault)
    }

    /// An answer after a deferral: a form could only have come at once.
    fn as_view(&self, answer: Answer) -> View {
        match answer {
            Answer::Ephemeral(view) | Answer::Asked(view) | Answer::Update(view) | Answer::Card(view) => view,
            Answer::Done(line) => View::text(line),
            Answer::Form(_) => View::text(reply::mistake(self.language, Mistake::Late)),
        }
    }

    /// Changes the message that holds the answer's place: ours that says that we are at it, or the one that was pressed.
    async fn edit(&self, cx: &Cx, mut view: View) -> Result<Sent, RestError> {
        let files = std::mem::take(&mut view.files);
        self.edit_original(cx, &view.into_webhook_edit(), files).await
    }

    /// The same as a response would have done, after an acknowledgement.
    async fn follow(&self, cx: &Cx, answer: Answer) -> Result<Sent, RestError> {
        match answer {
            Answer::Update(view) | Answer::Card(view) => self.edit(cx, view).await,
            Answer::Done(line) => {
                let edit = EditInteractionResponse::new()
                    .content(line)
                    .components(Vec::new())
                    .allowed_mentions(CreateAllowedMentions::new());
                self.edit_original(cx, &edit, Vec::new()).await
            }
            Answer::Ephemeral(_) | Answer::Asked(_) | Answer::Form(_) => {
                let mut view = self.as_view(answer);
                let files = std::mem::take(&mut view.files);
                let route =
                    Route::WebhookFollowupMessages { application_id: self.application, token: self.token };
                let message = view.into_response_message().ephemeral(true);
                cx.rest.send_with_files::<IgnoredAny>(LightMethod::Post, route, &message, files).await?;
                Ok(Sent::AsMeant)
            }
        }
    }

    async fn edit_original(
        &self,
        cx: &Cx,
        edit: &EditInteractionResponse,
        files: Vec<File>,
    ) -> Result<Sent, RestError> {
        let route =
            Route::WebhookOriginalInteractionResponse { application_id: self.application, token: self.token };
        cx.rest.send_with_files::<IgnoredAny>(LightMethod::Patch, route, edit, files).await?;
        Ok(Sent::AsMeant)
    }

    pub(super) async fn respond(
        &self,
        cx: &Cx,
        response: &CreateInteractionResponse,
    ) -> Result<(), RestError> {
        cx.rest.answer(self.id, self.token, response).await
    }

    fn undelivered(&self, fault: &RestError) {
        if fault.is_over() {
            tracing::debug!(%fault, "the interaction is over already");
        } else {
            _ = self.incident(&anyhow!(fault.clone()));
        }
    }
}
