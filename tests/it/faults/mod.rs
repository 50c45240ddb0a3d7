//! Discord at its worst: the whole story of a ticket (that of the crash sweep), played again for each of its calls and each
//! thing that may go wrong with it, with the real program. Nothing may be lost, nothing doubled, nothing given up.

mod permanent;

use std::time::Duration;

use frontdesk::sandbox::{Fault, Scope};

use crate::crash::killer::Point;
use crate::crash::story::{self, Ground};

/// How many stories are played side by side: a story mostly waits.
const SIDE_BY_SIDE: usize = 4;
/// How many points of all are tried unless all are asked for; no divisor of the number of faults.
const QUICK: usize = 17;

/// Everything that passes by itself.
fn faults() -> Vec<Fault> {
    let limited =
        |scope, milliseconds| Fault::RateLimited { retry_after: Duration::from_millis(milliseconds), scope };
    vec![
        Fault::Fail { status: 500, code: 0 },
        Fault::Fail { status: 502, code: 0 },
        // Overloaded, and an internal network error (topics/opcodes-and-status-codes).
        Fault::Fail { status: 503, code: 130_000 },
        Fault::Fail { status: 403, code: 40_333 },
        Fault::Fail { status: 400, code: 160_006 },
        limited(Scope::User, 300),
        limited(Scope::Shared, 400),
        limited(Scope::Global, 200),
        // Longer than a call waits: the outbox has to.
        limited(Scope::User, 4_000),
        Fault::DropBefore,
        Fault::DropAfter,
        // Longer than the program waits for an answer; the effect comes all the same.
        Fault::Delay(Duration::from_secs(17)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_with_any_call_nothing_is_lost_or_doubled_on_sqlite() {
    matrix("SQLite", Ground::PlainSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_with_any_call_nothing_is_lost_or_doubled_on_postgres() {
    matrix("PostgreSQL", Ground::Postgres).await;
}

async fn matrix(name: &str, ground: Ground) {
    // Without PostgreSQL there is nothing to try, which `tests/run` never lets happen.
    let Some(whole) = story::play(None, &ground).await else { return };
    whole.must_hold();
    let injected = (1..=whole.calls)
        .flat_map(|number| faults().into_iter().map(move |fault| Point::Fault { number, fault }));
    let archived = (1..=whole.calls).map(|number| Point::Archive { number });
    let points: Vec<Point> = injected.chain(archived).collect();
    let all = std::env::var_os("FRONTDESK_SWEEP").is_some_and(|asked| asked == "all");
    let stride = if all { 1 } else { (points.len() / QUICK).max(1) };
    let points: Vec<Point> = points.into_iter().step_by(stride).collect();

    let ends = story::play_each(&points, ground, SIDE_BY_SIDE).await;
    let met = ends.iter().filter(|(_, played)| played.met).count();
    let (lost, doubled) = ends
        .iter()
        .map(|(_, played)| played.lost_and_doubled())
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    eprintln!(
        "faults on {name}: {} calls, {met} of {} faults injected, lost {lost}, doubled {doubled}",
        whole.calls,
        points.len(),
    );
    let broken = story::broken(&ends);
    assert!(broken.is_empty(), "{} faults:\n{}", broken.len(), broken.join("\n"));
    // The order of calls differs a little from run to run, so the last ones may not come; most must.
    assert!(met * 10 >= points.len() * 8, "only {met} of {} faults were met", points.len());
}
