//! Stands between the program and PostgreSQL, and sees every commit: what SQLite's log shows from outside, the wire shows
//! here (PostgreSQL docs, frontend/backend protocol: a message is a letter, a length and a body; sqlx ends a
//! transaction with the simple query `COMMIT`).

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What is done at a commit: told its number and whether it is done yet; `true` cuts the connection.
type Watch = Box<dyn Fn(u32, &'static str) -> bool + Send + Sync>;

/// A proxy that lives as long as the test's runtime.
pub(crate) struct Proxy {
    /// Where it listens.
    pub(crate) port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    server: String,
    commits: AtomicU32,
    watch: OnceLock<Watch>,
}

impl Proxy {
    /// Listens for a server such as `127.0.0.1:5432`.
    pub(crate) async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared { server, commits: AtomicU32::new(0), watch: OnceLock::new() });
        let accepting = shared.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = accepting.clone();
                tokio::spawn(async move {
                    // A cut connection is what this is for.
                    let _ = shared.relay(client).await;
                });
            }
        });
        Self { port, shared }
    }

    /// How many commits there were.
    pub(crate) fn commits(&self) -> u32 {
        self.shared.commits.load(Ordering::Relaxed)
    }

    /// Who looks at every commit from now on.
    pub(crate) fn watch(&self, watch: impl Fn(u32, &'static str) -> bool + Send + Sync + 'static) {
        assert!(self.shared.watch.set(Box::new(watch)).is_ok(), "watched already");
    }
}

impl Shared {
    async fn relay(self: Arc<Self>, client: TcpStream) -> io::Result<()> {
        let server = TcpStream::connect(&self.server).await?;
        // Messages are small and wait for each other's answers: gathered into fuller packets they would crawl.
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        // The first message has no letter.
        let length = from_client.read_u32().await?;
        to_server.write_u32(length).await?;
        forward(&mut from_client, &mut to_server, length).await?;
        let back = self.clone();
        let answers = tokio::spawn(async move {
            loop {
                let (letter, message) = read(&mut from_server).await?;
                let committed = letter == b'C' && message.starts_with(b"COMMIT");
                if committed && back.cuts(back.commits.load(Ordering::Relaxed), "after") {
                    return Ok::<(), io::Error>(());
                }
                write(&mut to_client, letter, &message).await?;
            }
        });
        let asked = async {
            loop {
                let (letter, message) = read(&mut from_client).await?;
                if letter == b'Q' && message.starts_with(b"COMMIT") {
                    let number = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
                    if self.cuts(number, "before") {
                        return Ok::<(), io::Error>(());
                    }
                }
                write(&mut to_server, letter, &message).await?;
            }
        };
        let ended = asked.await;
        answers.abort();
        ended
    }

    fn cuts(&self, number: u32, when: &'static str) -> bool {
        self.watch.get().is_some_and(|watch| watch(number, when))
    }
}

async fn forward(from: &mut OwnedReadHalf, to: &mut OwnedWriteHalf, length: u32) -> io::Result<()> {
    let mut body = vec![0; length.saturating_sub(4) as usize];
    from.read_exact(&mut body).await?;
    to.write_all(&body).await
}

async fn read(from: &mut OwnedReadHalf) -> io::Result<(u8, Vec<u8>)> {
    let letter = from.read_u8().await?;
    let length = from.read_u32().await?;
    let mut body = vec![0; length.saturating_sub(4) as usize];
    from.read_exact(&mut body).await?;
    Ok((letter, body))
}

async fn write(to: &mut OwnedWriteHalf, letter: u8, body: &[u8]) -> io::Result<()> {
    let mut message = Vec::with_capacity(body.len() + 5);
    message.push(letter);
    message.extend(u32::try_from(body.len() + 4).unwrap().to_be_bytes());
    message.extend(body);
    to.write_all(&message).await
}
