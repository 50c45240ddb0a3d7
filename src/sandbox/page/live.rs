//! The live view: one socket a person, on which the newest view is sent whenever the world has changed.
//!
//! The client says which channel it shows and whether somebody looks at it; what is looked at counts as
//! read. Changes that come in quick succession are sent as one view, and a view that equals the last one
//! is not sent. The socket ends with the client or the sandbox; a message that is no wish is ignored.

use std::time::Duration;

use axum::{
    extract::{
        Path, Query, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{Page, id::Id, view};
use crate::sandbox::Person;

/// The least time between two views: quicker than the eye, slow enough to gather a burst of changes.
const FRAME: Duration = Duration::from_millis(16);

/// What the client shows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Wish {
    /// The open channel; without one, the person's first.
    #[serde(default)]
    channel: Option<Id>,
    /// Whether the page is in front and this person is the one being played.
    #[serde(default)]
    looking: bool,
}

/// Opens the socket of a person.
pub(super) async fn connect(
    State(page): State<Page>,
    Path(person): Path<Id>,
    Query(wish): Query<Wish>,
    upgrade: WebSocketUpgrade,
) -> Response {
    match page.person(person) {
        Ok(person) => upgrade.on_upgrade(move |socket| follow(page, person, wish, socket)),
        Err(refused) => refused.into_response(),
    }
}

async fn follow(page: Page, person: Person, mut wish: Wish, mut socket: WebSocket) {
    let mut changes = page.sandbox.changes();
    let closed = page.sandbox.closed();
    let mut sent = String::new();
    loop {
        // Marked as seen before the look, so that a change during the look is not missed.
        changes.mark_unchanged();
        let text = view::of(&page, &person, wish.channel, wish.looking);
        if text != sent {
            if socket.send(Message::text(text.clone())).await.is_err() {
                return;
            }
            sent = text;
            tokio::time::sleep(FRAME).await;
        }
        tokio::select! {
            () = closed.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => wish = serde_json::from_str(&text).unwrap_or(wish),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            },
        }
    }
}
