//! Which of Discord's shards this process listens to, where several processes share one database.
//!
//! A shard belongs to whoever holds its lease, which is renewed every [`POLL`] and runs out after [`LEASE_MS`] by the
//! database's clock. A process that is gone is known at once, by its lock, so its shards are taken over within a few
//! seconds; one that stands still is known after [`LEASE_MS`]. Shards are spread evenly; what is beyond a process's share,
//! and all of it when the process stops, is handed over: the successor connects first, and only then does the holder let
//! go. Meanwhile Discord tells both of everything (Discord docs, events/gateway, sharding: sessions may overlap), and the
//! database lets one of them act. So it does where Discord wants another number of shards by the time that some process
//! starts: that one takes its share of the new ones, while the others listen to the old ones until they are started anew.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Cx;
use super::gateway::{Address, BETWEEN_IDENTIFIES, Connection, GatewayFault};
use super::session;
use crate::store::StoreError;

/// How often leases are renewed and the others are looked at.
const POLL: Duration = Duration::from_secs(2);
/// The same while shards are handed over.
const HAND_OVER_POLL: Duration = Duration::from_millis(200);
/// How long a lease lasts, in milliseconds: several renewals may fail before it is lost.
const LEASE_MS: i64 = 10_000;
/// How long a stopping process waits for its successors to connect.
const HAND_OVER_WITHIN: Duration = Duration::from_secs(5);

/// A shard that this process listens to.
struct Held {
    /// Whether its lease is ours, or we are about to succeed its holder.
    ours: bool,
    leaving: bool,
    arrived: Arc<AtomicBool>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), GatewayFault>>,
}

struct Shards {
    cx: Arc<Cx>,
    address: Address,
    tasks: TaskTracker,
    held: BTreeMap<i64, Held>,
    /// Shards that were given up, on their way out.
    ending: Vec<JoinHandle<Result<(), GatewayFault>>>,
    next_identify: Instant,
}

/// Listens to this process's share of the shards until `stop`, or until Discord ends the bot for good.
pub(super) async fn share(
    cx: Arc<Cx>,
    address: Address,
    tasks: TaskTracker,
    stop: CancellationToken,
) -> Result<(), GatewayFault> {
    let mut shards = Shards {
        cx,
        address,
        tasks,
        held: BTreeMap::new(),
        ending: Vec::new(),
        next_identify: Instant::now(),
    };
    while !stop.is_cancelled() {
        if let Err(error) = shards.tend().await {
            let error = format!("{:#}", anyhow::Error::from(error));
            tracing::warn!(error, "could not renew the leases of the shards");
        }
        if let Some(end) = shards.ended().await {
            return end;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
    shards.hand_over().await;
    Ok(())
}

impl Shards {
    /// Renews what is ours, lets go of what is not, and takes what is free up to a fair share.
    async fn tend(&mut self) -> Result<(), StoreError> {
        self.renew().await?;
        self.arrive().await?;
        let total = i64::from(self.address.shards());
        let processes = self.cx.desk.store.processes_sharing(self.address.shards(), LEASE_MS).await?;
        let share = (total + processes - 1) / processes;
        let missing = share - self.count();
        if missing > 0 {
            let taken = self.cx.desk.store.take_free_shards(self.address.shards(), LEASE_MS, missing).await?;
            for shard in taken {
                self.listen(shard, true);
            }
        }
        let missing = share - self.count();
        if missing > 0 {
            for shard in self.cx.desk.store.succeed_shards(self.address.shards(), missing).await? {
                self.listen(shard, false);
            }
        }
        self.cx.links.others_have_all(self.held.is_empty());
        self.give_up_surplus(share).await
    }

    fn count(&self) -> i64 {
        i64::try_from(self.held.len()).unwrap_or(i64::MAX)
    }

    /// Renews the leases. A shard whose lease is another's by now is let go of.
    async fn renew(&mut self) -> Result<(), StoreError> {
        let still = self.cx.desk.store.renew_shards(self.address.shards(), LEASE_MS).await?;
        let lost: Vec<i64> = self
            .held
            .iter()
            .filter(|(shard, held)| held.ours && still.iter().all(|renewed| renewed.shard != **shard))
            .map(|(shard, _)| *shard)
            .collect();
        for shard in lost {
            tracing::info!(shard.id = shard, "another process listens to this shard now");
            self.let_go(shard);
        }
        Ok(())
    }

    /// Takes over from holders that are leaving, as soon as we are connected.
    async fn arrive(&mut self) -> Result<(), StoreError> {
        let arrived: Vec<i64> = self
            .held
            .iter()
            .filter(|(_, held)| !held.ours && held.arrived.load(Ordering::Acquire))
            .map(|(shard, _)| *shard)
            .collect();
        for shard in arrived {
            if self.cx.desk.store.shard_arrived(self.address.shards(), shard, LEASE_MS).await? {
                self.listen(shard, true);
            } else {
                self.let_go(shard);
            }
        }
        Ok(())
    }

    /// Offers what is beyond our share to the others, and takes offers back that are not needed any more.
    async fn give_up_surplus(&mut self, share: i64) -> Result<(), StoreError> {
        let kept = usize::try_from(share).unwrap_or(usize::MAX);
        let (store, total) = (&self.cx.desk.store, self.address.shards());
        for (place, (shard, held)) in self.held.iter_mut().filter(|(_, held)| held.ours).enumerate() {
            let leaves = place >= kept;
            if leaves == held.leaving {
                continue;
            }
            if leaves {
                store.leave_shard(total, *shard).await?;
            } else {
                store.stay_on_shard(total, *shard).await?;
            }
            held.leaving = leaves;
        }
        Ok(())
    }

    /// Connects to a shard, unless it is connected already.
    fn listen(&mut self, shard: i64, ours: bool) {
        if let Some(held) = self.held.get_mut(&shard) {
            held.ours |= ours;
            return;
        }
        let Ok(number) = u32::try_from(shard) else { return };
        let begin = self.next_identify.max(Instant::now());
        self.next_identify = begin + BETWEEN_IDENTIFIES;
        let (arrived, stop) = (Arc::new(AtomicBool::new(false)), CancellationToken::new());
        let connection = Connection {
            cx: self.cx.clone(),
            address: self.address.clone(),
            tasks: self.tasks.clone(),
            arrived: arrived.clone(),
            stop: stop.clone(),
        };
        tracing::info!(shard.id = shard, "listening to this shard");
        let task = tokio::spawn(async move {
            tokio::select! {
                () = connection.stop.cancelled() => return Ok(()),
                () = tokio::time::sleep_until(begin) => {}
            }
            session::keep(&connection, number).await
        });
        self.held.insert(shard, Held { ours, leaving: false, arrived, stop, task });
    }

    fn let_go(&mut self, shard: i64) {
        if let Some(held) = self.held.remove(&shard) {
            held.stop.cancel();
            self.ending.push(held.task);
        }
    }

    /// The end of a shard that nobody asked to end.
    async fn ended(&mut self) -> Option<Result<(), GatewayFault>> {
        self.ending.retain(|task| !task.is_finished());
        let shard = *self.held.iter().find(|(_, held)| held.task.is_finished())?.0;
        let end = self.held.remove(&shard)?.task.await;
        self.close().await;
        // A panic in there was reported where it happened; the process is better started anew.
        Some(end.unwrap_or(Ok(())))
    }

    /// Lets the others connect to what is ours before letting go of it, if there are others.
    async fn hand_over(&mut self) {
        let until = Instant::now() + HAND_OVER_WITHIN;
        let ours: Vec<i64> =
            self.held.iter().filter(|(_, held)| held.ours).map(|(shard, _)| *shard).collect();
        for shard in &ours {
            self.note(self.cx.desk.store.leave_shard(self.address.shards(), *shard).await);
        }
        while self.held.values().any(|held| held.ours) && Instant::now() < until {
            // Nobody to wait for, or the database is gone: then there is nothing to hand over with.
            let sharing = self.cx.desk.store.processes_sharing(self.address.shards(), LEASE_MS).await;
            if !matches!(sharing, Ok(processes) if processes > 1) {
                break;
            }
            let renewed = self.renew().await;
            self.note(renewed);
            tokio::time::sleep(HAND_OVER_POLL).await;
        }
        for shard in ours {
            self.note(self.cx.desk.store.release_shard(self.address.shards(), shard).await);
        }
        self.close().await;
    }

    fn note(&self, outcome: Result<(), StoreError>) {
        if let Err(error) = outcome {
            let error = format!("{:#}", anyhow::Error::from(error));
            tracing::warn!(error, shards = self.held.len(), "could not hand the shards over");
        }
    }

    async fn close(&mut self) {
        let shards: Vec<i64> = self.held.keys().copied().collect();
        for shard in shards {
            self.let_go(shard);
        }
        for task in self.ending.drain(..) {
            // Asked to end; how it did is nobody's concern any more.
            let _ = task.await;
        }
    }
}
