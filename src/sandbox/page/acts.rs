//! What a person does on the page: one POST route for each verb of the people API.
//!
//! Nothing is decided here. A body is read, the person does it, and what came of it goes back. What the
//! person may not do, or Discord's client would not let them do, comes back as 422 with a sentence in
//! `refused`; so does a body that cannot be read. An unknown person is 404.

use axum::{
    Json,
    extract::{FromRequest, Multipart, Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use super::{
    Page,
    form::{self, Files, Filled},
    id::Id,
    view::Pick,
};
use crate::sandbox::{Outcome, PersonError, Reaction};

/// Why something was not done, as a sentence for the person at the composer.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    sentence: String,
}

impl Refused {
    /// What the person could not do.
    pub(super) fn because(sentence: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, sentence: sentence.into() }
    }

    /// There is no such person.
    pub(super) fn nobody() -> Self {
        Self { status: StatusCode::NOT_FOUND, sentence: "There is no such person.".to_owned() }
    }
}

impl From<PersonError> for Refused {
    fn from(error: PersonError) -> Self {
        Self::because(error.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "refused": self.sentence }))).into_response()
    }
}

/// A JSON body; one that cannot be read is refused with a sentence, like everything else.
pub(super) struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(Refused::because(rejection.body_text())),
        }
    }
}

/// What came of an interaction. The next view shows all but a failure.
#[derive(Debug, Serialize)]
pub(super) struct Came {
    kind: &'static str,
    why: Option<String>,
    millis: u128,
}

impl From<Reaction> for Came {
    fn from(reaction: Reaction) -> Self {
        let (kind, why) = match reaction.outcome {
            Outcome::Message(_) => ("message", None),
            Outcome::Updated(_) => ("updated", None),
            Outcome::Deferred(_) => ("deferred", None),
            Outcome::DeferredUpdate => ("deferred_update", None),
            Outcome::Modal(_) => ("modal", None),
            Outcome::Failed(why) => ("failed", Some(why)),
        };
        Self { kind, why, millis: reaction.took.as_millis() }
    }
}

/// Nothing to say but that it was done.
#[derive(Debug, Serialize)]
pub(super) struct Done {}

type Answer<T> = Result<Json<T>, Refused>;

fn came(reaction: Result<Reaction, PersonError>) -> Answer<Came> {
    Ok(Json(reaction?.into()))
}

/// Text for a channel.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    channel: Id,
    content: String,
}

/// Writes a message.
pub(super) async fn message(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<Words>,
) -> Answer<Done> {
    page.person(id)?.says(body.channel.0, &body.content).await?;
    Ok(Json(Done {}))
}

/// Uses a slash command.
pub(super) async fn command(State(page): State<Page>, Path(id): Path<Id>, parts: Multipart) -> Answer<Came> {
    let person = page.person(id)?;
    let (filled, files) = form::read(parts).await?;
    let (channel, command) = (filled.channel.0, filled.command.clone());
    let options = filled.options(&page, &person, files)?;
    came(person.uses(channel, &command, options).await)
}

/// A command that is being typed.
#[derive(Debug, Deserialize)]
pub(super) struct Typing {
    #[serde(flatten)]
    filled: Filled,
    focused: String,
    text: String,
}

/// Suggestions for the option that is being typed.
#[derive(Debug, Serialize)]
pub(super) struct Suggestions {
    choices: Vec<Pick>,
}

/// Asks the bot for suggestions.
pub(super) async fn autocomplete(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<Typing>,
) -> Answer<Suggestions> {
    let person = page.person(id)?;
    let (channel, command) = (body.filled.channel.0, body.filled.command.clone());
    let options = body.filled.options(&page, &person, Files::new())?;
    let choices = person.types(channel, &command, options, &body.focused, &body.text).await?;
    Ok(Json(Suggestions { choices: choices.into_iter().map(Pick::from).collect() }))
}

/// A command of a message's menu.
#[derive(Debug, Deserialize)]
pub(super) struct OnMessage {
    command: String,
    message: Id,
}

/// Uses a command of a message's menu.
pub(super) async fn message_command(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<OnMessage>,
) -> Answer<Came> {
    came(page.person(id)?.uses_on_message(&body.command, body.message.0).await)
}

/// A button, or a menu with what was chosen.
#[derive(Debug, Deserialize)]
pub(super) struct Component {
    message: Id,
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
}

/// Presses a button.
pub(super) async fn press(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<Component>,
) -> Answer<Came> {
    came(page.person(id)?.presses(body.message.0, &body.custom_id).await)
}

/// Chooses from a menu.
pub(super) async fn select(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<Component>,
) -> Answer<Came> {
    let values: Vec<&str> = body.values.iter().map(String::as_str).collect();
    came(page.person(id)?.selects(body.message.0, &body.custom_id, &values).await)
}

/// A filled-in form.
#[derive(Debug, Deserialize)]
pub(super) struct Submission {
    fields: Vec<FilledField>,
}

#[derive(Debug, Deserialize)]
struct FilledField {
    custom_id: String,
    value: String,
}

/// Sends the form the person has open.
pub(super) async fn submit(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<Submission>,
) -> Answer<Came> {
    let person = page.person(id)?;
    let modal = person.open_modal().ok_or_else(|| Refused::because("No form is open."))?;
    let fields: Vec<(&str, &str)> =
        body.fields.iter().map(|field| (field.custom_id.as_str(), field.value.as_str())).collect();
    came(person.submits(&modal, &fields).await)
}

/// Closes the form without sending it; the bot is not told, as with Discord.
pub(super) async fn dismiss(State(page): State<Page>, Path(id): Path<Id>) -> Answer<Done> {
    page.person(id)?.dismiss_modal();
    Ok(Json(Done {}))
}

/// One message.
#[derive(Debug, Deserialize)]
pub(super) struct TheMessage {
    message: Id,
}

/// Deletes a message.
pub(super) async fn delete(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<TheMessage>,
) -> Answer<Done> {
    page.person(id)?.deletes(body.message.0).await?;
    Ok(Json(Done {}))
}

/// One channel.
#[derive(Debug, Deserialize)]
pub(super) struct TheChannel {
    channel: Id,
}

/// Leaves a thread.
pub(super) async fn leave(
    State(page): State<Page>,
    Path(id): Path<Id>,
    Body(body): Body<TheChannel>,
) -> Answer<Done> {
    page.person(id)?.leaves_thread(body.channel.0).await?;
    Ok(Json(Done {}))
}
