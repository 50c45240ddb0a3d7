//! A client that sends exactly what a test says, and a gateway connection that shows every frame.

use std::time::Duration;

use frontdesk::sandbox::{Guild, Sandbox, SandboxOptions, permissions as p};
use futures_util::{SinkExt, StreamExt};
use serde::de::DeserializeSeed;
use serde_json::{Value, json};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};
use twilight_model::gateway::event::GatewayEventDeserializer;

/// What most tests' bots hold.
pub(crate) const BOT: u64 = p::VIEW_CHANNEL
    | p::SEND_MESSAGES
    | p::CREATE_PRIVATE_THREADS
    | p::CREATE_PUBLIC_THREADS
    | p::SEND_MESSAGES_IN_THREADS
    | p::MANAGE_THREADS
    | p::READ_MESSAGE_HISTORY
    | p::EMBED_LINKS
    | p::ATTACH_FILES;

/// An answer of the API.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// Discord's JSON error code, or 0.
    pub(crate) fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or_default()
    }

    /// Status and code.
    pub(crate) fn verdict(&self) -> (u16, u64) {
        (self.status, self.code())
    }

    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Calls the API with the bot's token.
#[derive(Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    origin: String,
    token: String,
    pub(crate) agent: &'static str,
}

impl Api {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self {
            http: reqwest::Client::new(),
            origin: sandbox.origin(),
            token: format!("Bot {}", sandbox.token()),
            agent: "DiscordBot (https://example.org, 1.0)",
        }
    }

    pub(crate) fn with_token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.token);
        self
    }

    /// One call; the error is a connection that was cut.
    pub(crate) async fn try_call(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Answer, reqwest::Error> {
        let address = format!("{}/api/v10{path}", self.origin);
        let mut request =
            self.http.request(method.parse().unwrap(), address).header("user-agent", self.agent);
        if !self.token.is_empty() {
            request = request.header("authorization", &self.token);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        read(request.send().await?).await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        let body = (!body.is_null()).then_some(body);
        self.try_call(method, path, body).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, body).await
    }

    /// A multipart call with files.
    pub(crate) async fn upload(&self, path: &str, body: &Value, files: &[(&str, &[u8])]) -> Answer {
        let mut form = reqwest::multipart::Form::new().text("payload_json", body.to_string());
        for (number, (name, bytes)) in files.iter().enumerate() {
            let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name((*name).to_owned());
            form = form.part(format!("files[{number}]"), part);
        }
        let address = format!("{}/api/v10{path}", self.origin);
        let request = self.http.post(address).header("user-agent", self.agent);
        let sent = request.header("authorization", &self.token).multipart(form).send().await;
        read(sent.unwrap()).await.unwrap()
    }

    /// A private thread of the bot's; returns its id.
    pub(crate) async fn thread(&self, parent: u64, name: &str) -> String {
        let form = json!({ "name": name, "type": 12, "invitable": false });
        let made = self.post(&format!("/channels/{parent}/threads"), form).await;
        assert_eq!(made.status, 201, "{}", made.body);
        made.body["id"].as_str().unwrap().to_owned()
    }
}

async fn read(response: reqwest::Response) -> Result<Answer, reqwest::Error> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await?;
    Ok(Answer { status, body: serde_json::from_str(&text).unwrap_or_default(), headers })
}

/// A sandbox without rate limits, a guild with the bot in it, and a text channel.
pub(crate) async fn stage() -> (Sandbox, Guild, u64, Api) {
    let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    guild.set_everyone(p::NEW_GUILD_EVERYONE & !p::MENTION_EVERYONE);
    let support = guild.create_text_channel("support", &[]);
    guild.invite_bot(BOT);
    let api = Api::new(&sandbox);
    (sandbox, guild, support, api)
}

/// Another team's model has to understand every frame as well.
fn also_read_by_twilight(text: &str) {
    let known = GatewayEventDeserializer::from_json(text).unwrap();
    let mut json = serde_json::Deserializer::from_str(text);
    if let Err(error) = known.deserialize(&mut json) {
        panic!("twilight cannot read {text}: {error}");
    }
}

/// A gateway connection.
pub(crate) struct Wire {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
    pub(crate) seq: u64,
}

/// What came over the wire.
#[derive(Debug)]
pub(crate) enum Came {
    Json(Value),
    Binary(Vec<u8>),
    Closed(Option<u16>),
}

impl Wire {
    pub(crate) async fn open(sandbox: &Sandbox, query: &str) -> Self {
        let address = format!("{}/gateway{query}", sandbox.origin().replacen("http", "ws", 1));
        let (socket, _) = connect_async(address).await.unwrap();
        Self { socket, seq: 0 }
    }

    /// Connects, says hello and identifies; returns the session's id too.
    pub(crate) async fn identified(sandbox: &Sandbox, intents: u64) -> (Self, String) {
        let mut wire = Self::open(sandbox, "?v=10&encoding=json").await;
        wire.identify(sandbox.token(), intents).await;
        let ready = wire.event("READY").await;
        let session = ready["session_id"].as_str().unwrap().to_owned();
        (wire, session)
    }

    pub(crate) async fn send(&mut self, op: u64, data: Value) {
        let text = json!({ "op": op, "d": data }).to_string();
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn identify(&mut self, token: &str, intents: u64) {
        let properties = json!({ "os": "linux", "browser": "test", "device": "test" });
        self.send(2, json!({ "token": token, "intents": intents, "properties": properties })).await;
    }

    pub(crate) async fn resume(&mut self, token: &str, session: &str, seq: u64) {
        self.send(6, json!({ "token": token, "session_id": session, "seq": seq })).await;
    }

    /// The next frame.
    pub(crate) async fn next(&mut self) -> Came {
        let waited = tokio::time::timeout(Duration::from_secs(10), self.socket.next()).await;
        match waited.expect("a frame within ten seconds") {
            Some(Ok(Message::Text(text))) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                also_read_by_twilight(&text);
                if let Some(seq) = frame["s"].as_u64() {
                    self.seq = seq;
                }
                Came::Json(frame)
            }
            Some(Ok(Message::Binary(bytes))) => Came::Binary(bytes.to_vec()),
            Some(Ok(Message::Close(frame))) => Came::Closed(frame.map(|frame| frame.code.into())),
            _ => Came::Closed(None),
        }
    }

    /// Skips to the next frame with this opcode.
    pub(crate) async fn op(&mut self, op: u64) -> Value {
        loop {
            match self.next().await {
                Came::Json(frame) if frame["op"] == op => return frame,
                Came::Json(_) => {}
                other => panic!("waited for opcode {op}, got {other:?}"),
            }
        }
    }

    /// Skips to the next event of this name; returns its data.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            match self.next().await {
                Came::Json(frame) if frame["t"] == name => {
                    if name == "INTERACTION_CREATE" {
                        let read = serde_json::from_value::<serenity::all::Interaction>(frame["d"].clone());
                        assert!(read.is_ok(), "serenity cannot read {frame}: {read:?}");
                    }
                    return frame["d"].clone();
                }
                Came::Json(_) => {}
                other => panic!("waited for {name}, got {other:?}"),
            }
        }
    }

    /// Skips to the end; returns the close code.
    pub(crate) async fn close_code(&mut self) -> Option<u16> {
        loop {
            if let Came::Closed(code) = self.next().await {
                return code;
            }
        }
    }

    /// Closes with a code, and waits until the other side has understood.
    pub(crate) async fn close(mut self, code: u16) {
        let frame =
            tokio_tungstenite::tungstenite::protocol::CloseFrame { code: code.into(), reason: "".into() };
        self.socket.close(Some(frame)).await.unwrap();
        while self.socket.next().await.is_some_and(|came| came.is_ok()) {}
    }
}
