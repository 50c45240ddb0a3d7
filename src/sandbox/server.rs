//! The handle to a running sandbox: its port, its lock, its end.

use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Query, State, WebSocketUpgrade},
    response::Response,
    routing::{any, get},
    serve::ListenerExt,
};
use tokio::{net::TcpListener, sync::watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{gateway, options::SandboxOptions, rest, world::World};

/// How often what is due is done without anybody asking.
const SWEEP_EVERY: std::time::Duration = std::time::Duration::from_secs(30);
/// So long connections have to end once the sandbox is shut down.
const SHUTDOWN_PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// A running sandbox; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    world: Mutex<World>,
    changes: watch::Sender<u64>,
    closed: CancellationToken,
    tasks: TaskTracker,
    origin: String,
    token: String,
    application_id: u64,
    bot_id: u64,
}

impl Sandbox {
    /// Binds 127.0.0.1 and serves REST, gateway, attachments and what the options add.
    ///
    /// Fails when the port is taken.
    pub async fn start(options: SandboxOptions) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let hook = options.page;
        let world = World::new(options, origin.clone());
        let inner = Inner {
            origin,
            token: world.app.token.clone(),
            application_id: world.app.id,
            bot_id: world.app.bot_id,
            world: Mutex::new(world),
            changes: watch::Sender::new(0),
            closed: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        let sandbox = Self { inner: Arc::new(inner) };
        let mut router = Router::new()
            .route("/api/{*rest}", any(rest::serve))
            // Bodies are limited where they are read, to what Discord takes.
            .layer(DefaultBodyLimit::disable())
            .route("/attachments/{channel}/{id}/{name}", get(rest::serve_file))
            .route("/ephemeral-attachments/{channel}/{id}/{name}", get(rest::serve_file))
            .route("/gateway", get(open_gateway))
            .with_state(sandbox.clone());
        if let Some(hook) = hook {
            router = router.merge(hook(sandbox.clone()));
        }
        // Small frames both ways: waiting to fill a packet would cost more than everything else.
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection stays slow");
            }
        });
        let closed = sandbox.closed();
        sandbox.inner.tasks.spawn(async move {
            let served = axum::serve(listener, router).with_graceful_shutdown(closed.cancelled_owned()).await;
            if let Err(error) = served {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        let sweeping = sandbox.clone();
        sandbox.inner.tasks.spawn(async move { sweeping.sweep_now_and_then().await });
        Ok(sandbox)
    }

    async fn sweep_now_and_then(self) {
        loop {
            tokio::select! {
                () = self.inner.closed.cancelled() => return,
                () = tokio::time::sleep(SWEEP_EVERY) => self.change(World::sweep),
            }
        }
    }

    /// Where it listens, such as `http://127.0.0.1:4711`.
    pub fn origin(&self) -> String {
        self.inner.origin.clone()
    }

    /// The bot's token.
    pub fn token(&self) -> &str {
        &self.inner.token
    }

    /// The application's id, which is not the bot's.
    pub fn application_id(&self) -> u64 {
        self.inner.application_id
    }

    /// The id of the bot's user.
    pub fn bot_id(&self) -> u64 {
        self.inner.bot_id
    }

    /// Counts up whenever anything in the world changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    /// Closes every connection and waits a moment for the tasks to end.
    pub async fn shutdown(self) {
        self.inner.closed.cancel();
        self.inner.tasks.close();
        // A client that does not let go must not hold the caller up.
        let _ = tokio::time::timeout(SHUTDOWN_PATIENCE, self.inner.tasks.wait()).await;
        // What watches the calls may hold the sandbox, and both would stay in memory.
        drop(self.change(|world| world.faults.watch.take()));
    }

    /// Fires when the sandbox is shut down.
    pub(crate) fn closed(&self) -> CancellationToken {
        self.inner.closed.clone()
    }

    /// Looks at the world.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        // Every change is complete or was never begun in what others see, so a panic elsewhere is no
        // reason to stop.
        look(&self.inner.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world and says that it changed.
    pub(crate) fn change<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        let result = act(&mut self.inner.world.lock().unwrap_or_else(PoisonError::into_inner));
        self.inner.changes.send_modify(|count| *count += 1);
        result
    }
}

/// The gateway's query.
#[derive(Debug, serde::Deserialize)]
struct GatewayQuery {
    v: Option<u64>,
    encoding: Option<String>,
    compress: Option<String>,
}

async fn open_gateway(
    State(sandbox): State<Sandbox>,
    Query(query): Query<GatewayQuery>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let manner = gateway::Manner {
        version: query.v.unwrap_or(10),
        json: query.encoding.as_deref().unwrap_or("json") == "json",
        zlib: query.compress.as_deref() == Some("zlib-stream"),
    };
    upgrade.on_upgrade(move |socket| gateway::accept(sandbox, socket, manner))
}
