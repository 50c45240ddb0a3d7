//! A browser's side of the page, as far as a test needs one: requests with chosen headers, and the socket.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// So long a view is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// Sends one request to `origin`; `headers` are whole lines, and a `host:` line there replaces the usual.
pub(crate) async fn ask(origin: &str, line: &str, headers: &[&str], body: &str) -> Answer {
    let address = origin.strip_prefix("http://").expect("the sandbox speaks plain HTTP");
    let mut head = format!("{line} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    if !headers.iter().any(|header| header.starts_with("host:")) {
        head.push_str("host: ");
        head.push_str(address);
        head.push_str("\r\n");
    }
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    let mut stream = TcpStream::connect(address).await.expect("the sandbox listens");
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.expect("the request is taken");
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("an answer in UTF-8");
    let (headers, body) = text.split_once("\r\n\r\n").expect("headers and a body");
    let status = headers.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status line");
    Answer { status, headers: headers.to_owned(), body: body.to_owned() }
}

/// Gets a path.
pub(crate) async fn get(origin: &str, path: &str) -> Answer {
    ask(origin, &format!("GET {path}"), &[], "").await
}

/// Posts JSON, as the page does.
pub(crate) async fn post(origin: &str, path: &str, body: Value) -> Answer {
    ask(origin, &format!("POST {path}"), &["content-type: application/json"], &body.to_string()).await
}

/// Posts a command with the text of a file, as the page does.
pub(crate) async fn post_form(
    origin: &str,
    path: &str,
    payload: &Value,
    file: Option<(&str, &str)>,
) -> Answer {
    let mut body = format!("--cut\r\ncontent-disposition: form-data; name=\"payload\"\r\n\r\n{payload}\r\n");
    if let Some((option, text)) = file {
        let part = format!(
            "--cut\r\ncontent-disposition: form-data; name=\"file:{option}\"; filename=\"error.log\"\r\ncontent-type: text/plain\r\n\r\n{text}\r\n"
        );
        body.push_str(&part);
    }
    body.push_str("--cut--\r\n");
    ask(origin, &format!("POST {path}"), &["content-type: multipart/form-data; boundary=cut"], &body).await
}

/// A person's live view.
pub(crate) struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The newest view.
    pub(crate) view: Value,
}

impl Live {
    /// Opens it with a query such as `?channel=1`.
    pub(crate) async fn open(origin: &str, person: u64, query: &str) -> Self {
        let address = format!("{}/sandbox/people/{person}/live{query}", origin.replacen("http", "ws", 1));
        let (socket, _) = connect_async(address).await.expect("the socket opens");
        let mut live = Self { socket, view: Value::Null };
        live.until(|view| !view.is_null()).await;
        live
    }

    /// Tells which channel is open.
    pub(crate) async fn wish(&mut self, wish: Value) {
        self.socket.send(Message::text(wish.to_string())).await.expect("the socket is open");
    }

    /// Waits for a view that fits.
    pub(crate) async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> &Value {
        let waited = tokio::time::timeout(PATIENCE, async {
            while !fits(&self.view) {
                let message =
                    self.socket.next().await.expect("the socket stays open").expect("a whole message");
                if let Message::Text(text) = message {
                    self.view = serde_json::from_str(&text).expect("a view is JSON");
                }
            }
        });
        let came = waited.await;
        assert!(came.is_ok(), "no such view came; the last one: {:#}", self.view);
        &self.view
    }

    /// The open channel's messages.
    pub(crate) fn messages(&self) -> &[Value] {
        self.view["messages"].as_array().expect("a view has messages")
    }

    /// The channel of that name in the list.
    pub(crate) fn channel(&self, name: &str) -> Option<&Value> {
        self.view["channels"]
            .as_array()
            .expect("a view has channels")
            .iter()
            .find(|channel| channel["name"] == name)
    }
}
