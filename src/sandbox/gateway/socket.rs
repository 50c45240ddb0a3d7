//! One gateway connection: hello, identify or resume, heartbeats, events out, close codes.
//!
//! Follows Discord docs, events/gateway (connection lifecycle). Plain JSON, or JSON in one zlib stream.
//! Not modelled: ETF, zstd, guild subscriptions, presence (accepted and ignored), and requests for
//! members that are not named, which would need the members intent.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
    time::Instant,
};

use super::{
    intents,
    session::{Outgoing, ResumeRefused, plain_frame},
};
use crate::sandbox::Sandbox;

/// A client may send so much in a minute (Discord docs, events/gateway: rate limiting).
const SENDS_PER_MINUTE: u32 = 120;

/// How a client wants to be talked to, from the address's query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) version: u64,
    pub(crate) json: bool,
    pub(crate) zlib: bool,
}

/// A close code with its reason.
struct Close(u16, &'static str);

/// What the loop does next.
enum Next {
    Go,
    Close(Close),
    Gone { ends_session: bool },
}

struct Connection {
    sandbox: Sandbox,
    number: u64,
    wire: UnboundedSender<Outgoing>,
    session: Option<String>,
    last_beat: Instant,
    minute_began: Instant,
    sends: u32,
}

/// Serves a connection until it ends.
pub(crate) async fn accept(sandbox: Sandbox, socket: WebSocket, manner: Manner) {
    let (sink, mut incoming) = socket.split();
    let (wire, outgoing) = mpsc::unbounded_channel();
    let number = sandbox.change(|world| world.hub.next_connection());
    let interval = sandbox.read(|world| world.options.heartbeat_interval_ms);
    let hello = json!({ "heartbeat_interval": interval, "_trace": ["sandbox"] });
    send(&wire, Outgoing::Frame(plain_frame(10, &hello)));
    if manner.version != 10 {
        send(&wire, Outgoing::Close(4012, "Invalid API version"));
    } else if !manner.json {
        send(&wire, Outgoing::Close(4002, "Error while decoding payload."));
    }
    let writer = Writer { sink, zlib: manner.zlib.then(Deflater::new) };
    let closed = sandbox.closed();
    let mut writing = std::pin::pin!(writer.run(outgoing));
    let mut connection = Connection {
        number,
        wire: wire.clone(),
        session: None,
        last_beat: Instant::now(),
        minute_began: Instant::now(),
        sends: 0,
        sandbox: sandbox.clone(),
    };
    // Discord allows some slack before it gives a silent client up.
    let patience = Duration::from_millis(interval + interval / 2);
    let ends_session = loop {
        let next = tokio::select! {
            () = closed.cancelled() => Next::Close(Close(1001, "Going away")),
            () = &mut writing => break false,
            () = tokio::time::sleep_until(connection.last_beat + patience) => connection.lost_patience(),
            frame = incoming.next() => connection.heard(frame),
        };
        match next {
            Next::Go => {}
            Next::Close(Close(code, reason)) => {
                send(&wire, Outgoing::Close(code, reason));
                // The writer ends after the close frame.
                let _ = tokio::time::timeout(Duration::from_secs(1), &mut writing).await;
                break true;
            }
            Next::Gone { ends_session } => break ends_session,
        }
    };
    sandbox.change(|world| {
        let now = world.now_ms();
        world.hub.leave(number, ends_session, now);
    });
}

fn send(wire: &UnboundedSender<Outgoing>, what: Outgoing) {
    // The writer is gone only when the connection is, and then nothing is left to say.
    let _ = wire.send(what);
}

impl Connection {
    fn lost_patience(&mut self) -> Next {
        if self.sandbox.read(|world| world.hub.is_deaf(self.number)) {
            self.last_beat = Instant::now();
            return Next::Go;
        }
        Next::Close(Close(4009, "Session timed out."))
    }

    fn heard(&mut self, frame: Option<Result<Frame, axum::Error>>) -> Next {
        let text = match frame {
            None | Some(Err(_)) => return Next::Gone { ends_session: false },
            Some(Ok(Frame::Close(reason))) => {
                let ends_session = reason.is_some_and(|reason| matches!(reason.code, 1000 | 1001));
                return Next::Gone { ends_session };
            }
            Some(Ok(Frame::Text(text))) => text.to_string(),
            Some(Ok(Frame::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
            Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => return Next::Go,
        };
        if self.sandbox.read(|world| world.hub.is_deaf(self.number)) {
            return Next::Go;
        }
        if self.minute_began.elapsed() > Duration::from_mins(1) {
            self.minute_began = Instant::now();
            self.sends = 0;
        }
        self.sends += 1;
        if self.sends > SENDS_PER_MINUTE {
            return Next::Close(Close(4008, "Rate limited."));
        }
        let Ok(payload) = serde_json::from_str::<Value>(&text) else {
            return Next::Close(Close(4002, "Error while decoding payload."));
        };
        match self.understand(&payload) {
            Ok(()) => Next::Go,
            Err(close) => Next::Close(close),
        }
    }

    fn understand(&mut self, payload: &Value) -> Result<(), Close> {
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => {
                self.last_beat = Instant::now();
                send(&self.wire, Outgoing::Frame(r#"{"t":null,"s":null,"op":11,"d":null}"#.into()));
                Ok(())
            }
            Some(2) => self.identify(data),
            Some(6) => self.resume(data),
            Some(8) if self.session.is_some() => {
                self.find_members(data);
                Ok(())
            }
            // Presence, voice state, soundboard: accepted once identified.
            Some(3 | 4 | 31) if self.session.is_some() => Ok(()),
            Some(3 | 4 | 8 | 31) => Err(Close(4003, "Not authenticated.")),
            Some(_) => Err(Close(4001, "Unknown opcode.")),
            None => Err(Close(4002, "Error while decoding payload.")),
        }
    }

    /// Answers with the members that were named. Those need no intent (Discord docs, events/gateway-events, "Request
    /// Guild Members"); finding them in other ways is not modelled.
    fn find_members(&self, data: &Value) {
        // Text or number: on the way in Discord takes both.
        let id = |value: &Value| value.as_u64().or_else(|| value.as_str().and_then(|id| id.parse().ok()));
        let named: Vec<u64> = match &data["user_ids"] {
            Value::Array(ids) => ids.iter().filter_map(id).collect(),
            one => id(one).into_iter().collect(),
        };
        let (Some(guild), Some(session)) = (id(&data["guild_id"]), &self.session) else { return };
        self.sandbox.change(|world| {
            world.hub.member_requests += 1;
            world.tell_members(session, guild, &named, &data["nonce"]);
        });
    }

    fn check_token(&self, data: &Value) -> Result<(), Close> {
        if let Some(code) = self.sandbox.read(|world| world.hub.turned_away_with) {
            return Err(Close(code, "planned fault"));
        }
        let token = data["token"].as_str().unwrap_or_default();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        if self.sandbox.read(|world| world.app.token == token) {
            return Ok(());
        }
        Err(Close(4004, "Authentication failed."))
    }

    fn identify(&mut self, data: &Value) -> Result<(), Close> {
        if self.session.is_some() {
            return Err(Close(4005, "Already authenticated."));
        }
        self.check_token(data)?;
        let wanted = data["intents"].as_u64().ok_or(Close(4013, "Invalid intent(s)."))?;
        if wanted & !intents::KNOWN != 0 {
            return Err(Close(4013, "Invalid intent(s)."));
        }
        let allowed = self.sandbox.read(|world| world.app.privileged_intents);
        if wanted & intents::PRIVILEGED & !allowed != 0 {
            return Err(Close(4014, "Disallowed intent(s)."));
        }
        let shard = match &data["shard"] {
            Value::Null => (0, 1),
            given => match (given[0].as_u64(), given[1].as_u64()) {
                (Some(number), Some(count)) if number < count => (number, count),
                _ => return Err(Close(4010, "Invalid shard.")),
            },
        };
        let (number, wire) = (self.number, self.wire.clone());
        let id = self.sandbox.change(|world| {
            let id = world.hub.identify(number, wire, wanted, shard);
            world.welcome(&id);
            id
        });
        self.session = Some(id);
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), Close> {
        if self.session.is_some() {
            return Err(Close(4005, "Already authenticated."));
        }
        self.check_token(data)?;
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let seq = data["seq"].as_u64().unwrap_or_default();
        let (number, wire) = (self.number, self.wire.clone());
        let resumed = self.sandbox.change(|world| {
            let now = world.now_ms();
            world.hub.forget_old(now);
            world.hub.resume(&id, seq, number, wire)?;
            let keep = world.options.replay_buffer;
            if let Some(session) = world.hub.session_mut(&id) {
                session.send("RESUMED", r#"{"_trace":["sandbox"]}"#, keep);
            }
            Ok(())
        });
        match resumed {
            Ok(()) => {
                self.session = Some(id);
                Ok(())
            }
            Err(ResumeRefused::UnknownSession) => {
                send(&self.wire, Outgoing::Frame(plain_frame(9, &json!(false))));
                Ok(())
            }
            Err(ResumeRefused::BadSequence) => Err(Close(4007, "Invalid seq.")),
        }
    }
}

/// The sending half.
struct Writer {
    sink: SplitSink<WebSocket, Frame>,
    zlib: Option<Deflater>,
}

impl Writer {
    /// Sends what it is told until told to stop, flushing when nothing more is waiting.
    async fn run(mut self, mut outgoing: UnboundedReceiver<Outgoing>) {
        while let Some(first) = outgoing.recv().await {
            let mut next = Some(first);
            while let Some(what) = next.take() {
                let stop = !self.write(what).await;
                if stop {
                    // The other side may be gone; there is nobody to tell.
                    let _ = self.sink.flush().await;
                    return;
                }
                next = outgoing.try_recv().ok();
            }
            if self.sink.flush().await.is_err() {
                return;
            }
        }
    }

    /// Returns whether to go on.
    async fn write(&mut self, what: Outgoing) -> bool {
        let frame = match what {
            Outgoing::Frame(text) => match &mut self.zlib {
                None => Frame::Text(text.as_ref().into()),
                Some(zlib) => Frame::Binary(zlib.deflate(text.as_bytes()).into()),
            },
            Outgoing::Close(code, reason) => {
                let frame = CloseFrame { code, reason: reason.into() };
                // The other side may be gone; there is nobody to tell.
                let _ = self.sink.send(Frame::Close(Some(frame))).await;
                return false;
            }
            Outgoing::Cut => return false,
        };
        self.sink.feed(frame).await.is_ok()
    }
}

/// One zlib stream for the whole connection, flushed after each payload
/// (Discord docs, events/gateway: transport compression).
struct Deflater(flate2::Compress);

impl Deflater {
    fn new() -> Self {
        Self(flate2::Compress::new(flate2::Compression::fast(), true))
    }

    fn deflate(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        let mut read = 0;
        loop {
            let before = self.0.total_in();
            out.reserve(256);
            // Only a misused stream fails, and this one is used in one way.
            let state = self.0.compress_vec(&bytes[read..], &mut out, flate2::FlushCompress::Sync);
            read += usize::try_from(self.0.total_in() - before).unwrap_or(0);
            if state.is_err() || (read == bytes.len() && out.ends_with(&[0, 0, 0xff, 0xff])) {
                return out;
            }
        }
    }
}
