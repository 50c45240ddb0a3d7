//! Discord's file hosts: attachments at signed addresses that expire.
//!
//! Discord docs, reference, "Signed Attachment CDN URLs": `ex` says until when, `is` since when, and `hm` signs both. The examples
//! there and in components/reference have addresses of two weeks, and of one day for ephemeral attachments. Whatever is wrong with
//! an address is answered with 404, as Discord does.

use std::{collections::HashMap, convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::sandbox::{Sandbox, faults::FileTrouble, world::World};

const ATTACHMENT_S: u64 = 14 * 24 * 3600;
const EPHEMERAL_S: u64 = 24 * 3600;
/// So long a file that stalls keeps its reader waiting.
const STALLED_FOR: Duration = Duration::from_mins(10);

/// What follows an attachment's path in its address.
pub(crate) fn signature(world: &World, id: u64, ephemeral: bool) -> String {
    // By the hour, so that a message reads the same when it is read again.
    let issued = world.now_ms() / 3_600_000 * 3600;
    let expires = issued + if ephemeral { EPHEMERAL_S } else { ATTACHMENT_S };
    format!("?ex={expires:x}&is={issued:x}&hm={}&", sign(world, id, expires, issued))
}

fn sign(world: &World, id: u64, expires: u64, issued: u64) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(world.app.token.as_bytes()).expect("any length is a key");
    mac.update(format!("{id}:{expires}:{issued}").as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// Serves a file that was attached somewhere.
pub(crate) async fn serve_file(
    State(sandbox): State<Sandbox>,
    Path((_, id, _)): Path<(u64, u64, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let (bytes, trouble) = sandbox.change(|world| {
        let is_signed = is_signed(world, id, &query);
        let bytes = world.files.get(&id).filter(|_| is_signed).cloned();
        (bytes, world.faults.take_file_trouble())
    });
    let Some(bytes) = bytes else { return StatusCode::NOT_FOUND.into_response() };
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    match trouble {
        None => (kind, bytes).into_response(),
        Some(FileTrouble::Fail(status)) => {
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
        Some(FileTrouble::Redirect(to)) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Some(FileTrouble::Grow(length)) => {
            const CHUNK: usize = 64 * 1024;
            let chunks =
                stream::iter((0..length.div_ceil(CHUNK)).map(|_| Ok::<_, Infallible>(vec![b'x'; CHUNK])));
            (kind, Body::from_stream(chunks)).into_response()
        }
        Some(FileTrouble::Stall) => {
            let first = stream::iter([Ok::<_, Infallible>(Bytes::from(bytes))]);
            let never = stream::once(async {
                tokio::time::sleep(STALLED_FOR).await;
                Ok(Bytes::new())
            });
            (kind, Body::from_stream(first.chain(never))).into_response()
        }
    }
}

fn is_signed(world: &World, id: u64, query: &HashMap<String, String>) -> bool {
    let number = |name: &str| query.get(name).and_then(|hex| u64::from_str_radix(hex, 16).ok());
    let (Some(expires), Some(issued)) = (number("ex"), number("is")) else { return false };
    world.now_ms() / 1000 < expires && query.get("hm") == Some(&sign(world, id, expires, issued))
}
