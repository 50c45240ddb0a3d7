//! Whether Discord refuses a shard for good, asked of its gateway directly.
//!
//! There are close codes after which nobody should connect again (topics/opcodes-and-status-codes, gateway close event codes).
//! serenity ends a shard for three of them and says so; after the others it connects again and again, and what the code
//! was is lost. So when a shard has no connection, one is opened here that only identifies and reads what it is told. It costs one
//! of the day's sessions and ends before anything is heard on it.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};
use url::Url;

use super::gateway::{Connection, GatewayFault};
use super::session::INTENTS;

/// How long the gateway may take to let us in or to refuse us.
const WITHIN: Duration = Duration::from_secs(10);
/// The gateway's opcodes of a hello and of an event (topics/opcodes-and-status-codes).
const HELLO: u64 = 10;
const EVENT: u64 = 0;

/// Why Discord will not let this shard in, however often we ask; `None` when it does, or does not say.
pub(super) async fn for_good(connection: &Connection, shard: u32) -> Option<GatewayFault> {
    tracing::debug!(shard.id = shard, "asking the gateway whether it lets a shard in");
    let code = tokio::select! {
        code = tokio::time::timeout(WITHIN, close_code(connection, shard)) => code.ok()?,
        () = connection.stop.cancelled() => return None,
    };
    match code {
        Ok(code) => GatewayFault::of_close_code(code?),
        Err(error) => {
            tracing::debug!(shard.id = shard, %error, "the gateway could not be asked whether it lets a shard in");
            None
        }
    }
}

/// Identifies, and gives the code with which the connection is closed; `None` when it is not.
async fn close_code(connection: &Connection, shard: u32) -> Result<Option<u16>, Box<Error>> {
    // It was checked before anything connected to it.
    let Ok(mut address) = Url::parse(connection.address.url()) else { return Ok(None) };
    address.query_pairs_mut().append_pair("v", "10").append_pair("encoding", "json");
    let (mut socket, _) = tokio_tungstenite::connect_async(address.as_str()).await?;
    while let Some(frame) = socket.next().await {
        let text = match frame? {
            Message::Close(frame) => return Ok(frame.map(|frame| frame.code.into())),
            Message::Text(text) => text,
            _ => continue,
        };
        let said: Value = serde_json::from_str(&text).unwrap_or_default();
        match said["op"].as_u64() {
            Some(HELLO) => socket.send(Message::text(identify(connection, shard).to_string())).await?,
            Some(EVENT) => {
                // We are in: this session has told what it was for.
                let farewell = CloseFrame { code: CloseCode::Normal, reason: "".into() };
                socket.close(Some(farewell)).await?;
                return Ok(None);
            }
            _ => {}
        }
    }
    Ok(None)
}

fn identify(connection: &Connection, shard: u32) -> Value {
    let token = connection.cx.rest.token().expose_secret();
    let token = token.strip_prefix("Bot ").unwrap_or(token);
    json!({ "op": 2, "d": {
        "token": token,
        "intents": INTENTS.bits(),
        "shard": [shard, connection.address.shards()],
        "properties": { "os": std::env::consts::OS, "browser": "frontdesk", "device": "frontdesk" },
    } })
}
