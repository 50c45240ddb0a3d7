//! Whether a desk serves people now. Each part says why it does not.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::discord::Cx;

/// How long the database may take: beyond that people would not get their answers either.
const DATABASE_WITHIN: Duration = Duration::from_secs(2);
/// However often it is asked, the database is tried this often at most: each try writes.
const TRIED_FOR: Duration = Duration::from_secs(1);

/// Looks, and remembers the last try of the database.
#[derive(Debug, Default)]
pub(super) struct Readiness {
    /// Held while trying, so that many who ask at once share one try.
    database: Mutex<Option<(Instant, Part)>>,
}

/// What was seen.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Report {
    /// Whether every part is well.
    pub(super) ready: bool,
    /// The parts.
    pub(super) parts: BTreeMap<&'static str, Part>,
}

/// One part of the desk.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Part {
    /// Whether it is well.
    pub(super) ok: bool,
    /// Why it is not, or what it has.
    pub(super) about: String,
}

impl Part {
    fn well(about: impl Into<String>) -> Self {
        Self { ok: true, about: about.into() }
    }

    fn unwell(about: impl Into<String>) -> Self {
        Self { ok: false, about: about.into() }
    }
}

impl Readiness {
    pub(super) async fn look(&self, cx: &Cx, is_stopping: bool) -> Report {
        let mut parts = BTreeMap::from([
            ("database", self.database(cx).await),
            ("gateway", gateway(cx).await),
            ("articles", Part::well(format!("{} articles are open", cx.desk.knowledge.len()))),
        ]);
        if is_stopping {
            parts.insert("process", Part::unwell("it is stopping"));
        }
        Report { ready: parts.values().all(|part| part.ok), parts }
    }

    /// Reading alone would not show a full disk, so something is written and committed.
    async fn database(&self, cx: &Cx) -> Part {
        let mut last = self.database.lock().await;
        if let Some((at, part)) = last.as_ref().filter(|(at, _)| at.elapsed() < TRIED_FOR) {
            tracing::trace!(
                age_ms = at.elapsed().as_millis(),
                "the last try of the database is young enough"
            );
            return part.clone();
        }
        let part = match tokio::time::timeout(DATABASE_WITHIN, cx.desk.store.probe()).await {
            Ok(Ok(())) => Part::well("it takes what is written"),
            Ok(Err(error)) => Part::unwell(format!("{:#}", anyhow::Error::from(error))),
            Err(_) => Part::unwell(format!("no answer within {} seconds", DATABASE_WITHIN.as_secs())),
        };
        *last = Some((Instant::now(), part.clone()));
        part
    }
}

async fn gateway(cx: &Cx) -> Part {
    let links = cx.links.look().await;
    match (links.held, links.connected) {
        (0, _) if links.others_have_all => Part::well("other processes hold every shard"),
        (0, _) => Part::unwell("not connected to Discord yet"),
        (held, connected) if held == connected => Part::well(format!("{held} shards, all connected")),
        (held, connected) => Part::unwell(format!("{connected} of {held} shards are connected")),
    }
}
