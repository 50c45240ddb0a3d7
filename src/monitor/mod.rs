//! What machines see that watch over the desk (`FRONTDESK_HTTP`): whether it lives, whether it is ready, and figures.
//!
//! Three addresses, all of them only to be read: `/livez`, `/readyz`, `/metrics`. They say nothing about people or
//! servers, and are served on this machine alone unless an address says otherwise. axum and the form that Prometheus
//! reads are known here alone, beside the sandbox's own server.

mod figures;
mod ready;

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::{AbortHandle, JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::discord::Cx;
use crate::meter;
use ready::Readiness;

/// Upper bounds of the histograms, in seconds: from a search to the longest that Discord waits.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0];
/// How often what was counted is put together, so that it takes no memory when nobody reads it.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Why nobody can watch.
#[derive(Debug, thiserror::Error)]
#[error("FRONTDESK_HTTP: cannot listen on {address}: {why}")]
pub struct MonitorError {
    /// Where.
    pub address: SocketAddr,
    /// What the system said.
    pub why: String,
}

/// The desk as it is watched.
#[derive(Debug)]
struct Watched {
    cx: Arc<Cx>,
    ready: Readiness,
    /// Tasks without which the desk does nothing, by name.
    vital: Vec<(&'static str, AbortHandle)>,
    /// The desk was asked to stop.
    stopping: CancellationToken,
    figures: PrometheusHandle,
}

/// A running server of these addresses.
#[derive(Debug)]
pub struct Monitor {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
    stop: CancellationToken,
}

impl Monitor {
    /// Starts serving, until [`Self::stop`].
    pub async fn start(
        address: SocketAddr,
        cx: Arc<Cx>,
        vital: Vec<(&'static str, AbortHandle)>,
        stopping: CancellationToken,
    ) -> Result<Self, MonitorError> {
        let failed = |error: &dyn std::fmt::Display| MonitorError { address, why: error.to_string() };
        let figures = recorder().map_err(|error| failed(&error))?;
        let listener = TcpListener::bind(address).await.map_err(|error| failed(&error))?;
        let address = listener.local_addr().map_err(|error| failed(&error))?;
        let ready = Readiness::default();
        let watched = Arc::new(Watched { cx, ready, vital, stopping, figures: figures.clone() });
        let router = Router::new()
            .route("/livez", get(livez))
            .route("/readyz", get(readyz))
            .route("/metrics", get(metrics))
            .with_state(watched);
        let stop = CancellationToken::new();
        let (ending, tidying) = (stop.clone(), stop.clone());
        let task = tokio::spawn(async move {
            let upkeep = async {
                loop {
                    tokio::time::sleep(UPKEEP_EVERY).await;
                    figures.run_upkeep();
                }
            };
            let served = axum::serve(listener, router).with_graceful_shutdown(ending.cancelled_owned());
            tokio::select! {
                served = served => {
                    if let Err(error) = served {
                        tracing::error!(%error, "health and metrics are not served any more");
                    }
                }
                () = upkeep => {}
                // Whoever keeps a connection open does not keep the desk from ending.
                () = tidying.cancelled() => {}
            }
        });
        tracing::info!(%address, "health and metrics are served at http://{address}/readyz");
        Ok(Self { address, task, stop })
    }

    /// Ends it: the last thing that a desk does.
    pub async fn stop(self) {
        self.stop.cancel();
        // A panic in there was reported where it happened.
        let _ = self.task.await;
    }
}

/// The one recorder of a process, which more than one desk may share in tests.
fn recorder() -> Result<PrometheusHandle, String> {
    static RECORDER: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    let install = || {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .map_err(|error| error.to_string())?;
        let handle = builder.install_recorder().map_err(|error| error.to_string())?;
        meter::describe();
        Ok(handle)
    };
    RECORDER.get_or_init(install).clone()
}

/// Whether the process does its work at all; a supervisor restarts one that does not.
async fn livez(State(watched): State<Arc<Watched>>) -> Response {
    // What ends after a stop has ended as it should.
    let dead: Vec<_> = watched
        .vital
        .iter()
        .filter(|(_, task)| task.is_finished() && !watched.stopping.is_cancelled())
        .map(|(name, _)| *name)
        .collect();
    let status = if dead.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(json!({ "alive": dead.is_empty(), "ended": dead }))).into_response()
}

/// Whether people are served now, and otherwise why not.
async fn readyz(State(watched): State<Arc<Watched>>) -> Response {
    let report = watched.ready.look(&watched.cx, watched.stopping.is_cancelled()).await;
    let status = if report.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(report)).into_response()
}

/// The figures, as Prometheus reads them.
async fn metrics(State(watched): State<Arc<Watched>>) -> Response {
    figures::refresh(&watched.cx).await;
    let text = watched.figures.render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
