//! The page on which one plays the people of a sandbox, in a browser.
//!
//! `router` serves plain HTML, CSS and JavaScript from the binary, a socket a person with their whole
//! view, and a POST for each thing a person can do. All of it goes through `Person`, as tests do: the page
//! is no second bot and no second model of Discord, and has no rights of its own. What it knows besides is
//! how far each person has read.
//!
//! ```text
//! GET  /  /page/*                          the page
//! GET  /sandbox/people                     { people: [{ id, name, role }] }
//! GET  /sandbox/people/{id}/live           socket; sends a view (see `view`), takes { channel, looking }
//! POST /sandbox/people/{id}/message        { channel, content }
//! POST /sandbox/people/{id}/command        multipart: payload = { channel, command, options }, file:<option>
//! POST /sandbox/people/{id}/autocomplete   { channel, command, options, focused, text } -> { choices }
//! POST /sandbox/people/{id}/message-command { command, message }
//! POST /sandbox/people/{id}/press          { message, custom_id }
//! POST /sandbox/people/{id}/select         { message, custom_id, values }
//! POST /sandbox/people/{id}/modal/submit   { fields: [{ custom_id, value }] }
//! POST /sandbox/people/{id}/modal/dismiss  {}
//! POST /sandbox/people/{id}/delete         { message }
//! POST /sandbox/people/{id}/leave          { channel }
//! ```
//!
//! An interaction answers `{ kind, why, millis }`; a refusal is 422 with `{ refused: sentence }`. Requests
//! from other sites are refused, see `guard`. There is no log-in: whoever reaches the port plays everybody,
//! which is why it listens on loopback alone.
//!
//! Browser tests find things by `data-testid`: `person-<name>`, `channel-<name>`, `thread-<name>`, `log`,
//! `message-<id>`, `more-<id>`, `dismiss-<id>`, `select-<custom id>`, `composer`, `send`, `refusal`,
//! `pick-<command or entry>`, `option-<name>`, `add-<optional option>`, `failure`, `modal`,
//! `field-<custom id>`, `modal-refusal`, `menu`, `hints`, `hints-toggle`, `hints-close`. Names are in lower
//! case with dashes for blanks. Buttons of messages carry their label and `data-custom-id`.

mod acts;
mod assets;
mod form;
mod guard;
mod id;
mod live;
mod places;
mod reads;
mod view;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    middleware,
    routing::{get, post},
};
use serde::Serialize;

use self::{acts::Refused, id::Id, reads::Reads};
use super::{Person, Sandbox};

/// Room for the largest file a person may attach and what goes with it; the sandbox refuses larger ones
/// with a sentence, which this must not come before.
const LARGEST_REQUEST: usize = 32 * 1024 * 1024;

/// What the routes share.
#[derive(Debug, Clone)]
struct Page {
    sandbox: Sandbox,
    reads: Arc<Reads>,
}

impl Page {
    /// Somebody who can be played; the bot and the servers' owners cannot.
    fn person(&self, id: Id) -> Result<Person, Refused> {
        self.sandbox.people().into_iter().find(|person| person.id() == id.0).ok_or_else(Refused::nobody)
    }
}

/// The page of a sandbox, for `SandboxOptions::page`.
pub fn router(sandbox: Sandbox) -> Router {
    let page = Page { sandbox, reads: Arc::default() };
    let person = Router::new()
        .route("/live", get(live::connect))
        .route("/message", post(acts::message))
        .route("/command", post(acts::command))
        .route("/autocomplete", post(acts::autocomplete))
        .route("/message-command", post(acts::message_command))
        .route("/press", post(acts::press))
        .route("/select", post(acts::select))
        .route("/modal/submit", post(acts::submit))
        .route("/modal/dismiss", post(acts::dismiss))
        .route("/delete", post(acts::delete))
        .route("/leave", post(acts::leave));
    let mut router = Router::new().route("/sandbox/people", get(people)).nest("/sandbox/people/{id}", person);
    for (path, route) in assets::routes() {
        router = router.route(path, route);
    }
    router
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(middleware::from_fn(guard::guard))
        .with_state(page)
}

/// Who can be played.
#[derive(Debug, Serialize)]
struct People {
    people: Vec<Player>,
}

/// One of them, with the name of their highest role.
#[derive(Debug, Serialize)]
struct Player {
    id: Id,
    name: String,
    role: String,
}

async fn people(State(page): State<Page>) -> Json<People> {
    let people = page.sandbox.people().into_iter().map(|person| {
        let role = page.sandbox.read(|world| places::roles_of(world, person.id()).into_iter().next());
        Player { id: Id(person.id()), name: person.name().to_owned(), role: role.unwrap_or_default() }
    });
    Json(People { people: people.collect() })
}
