//! Discord at its worst: the stories of the crash sweep, played again for each of their calls and each thing that may go
//! wrong with it, with the real program. Nothing may be lost, nothing doubled, nothing given up.

mod permanent;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use frontdesk::sandbox::{Fault, Route, Scope};

use crate::crash::killer::{Nth, Point};
use crate::crash::story::{self, End, Story};
use crate::crash::{self, Ground};
use crate::databases::Kind;

/// How many stories are played side by side: a story mostly waits.
const SIDE_BY_SIDE: usize = 4;
/// How many points of all are tried unless all are asked for, beside one for each route.
const QUICK: usize = 12;

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
    matrix("SQLite", Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_with_any_call_nothing_is_lost_or_doubled_on_postgres() {
    matrix("PostgreSQL", Kind::Postgres).await;
}

async fn matrix(name: &str, kind: Kind) {
    let ground = Arc::new(Ground::plain(kind));
    let whole = crash::undisturbed(&ground, SIDE_BY_SIDE).await;
    // Without PostgreSQL there is nothing to try, which `tests/run` never lets happen.
    if whole.is_empty() {
        return;
    }
    let mut planned = one_for_each_route(&whole);
    let more: Vec<_> = whole.iter().flat_map(|end| points(end).map(|point| (end.story, point))).collect();
    planned.extend(crash::sample(more, QUICK));
    let tried = planned.len();
    let ends = story::try_each(planned, &ground, SIDE_BY_SIDE).await;
    let met = ends.iter().filter(|end| end.played.met).count();
    let (lost, doubled) = story::lost_and_doubled(&ends);
    let routes = routes(&whole);
    eprintln!(
        "faults on {name}: {} stories, {} calls of {} routes, {met} of {tried} faults injected, \
         lost {lost}, doubled {doubled}",
        whole.len(),
        whole.iter().map(|end| end.played.calls.len()).sum::<usize>(),
        routes.len(),
    );
    for end in ends.iter().filter(|end| !end.played.met) {
        eprintln!("not met: {}, {:?}", end.story.name, end.point);
    }
    let broken = story::broken(&ends);
    assert!(broken.is_empty(), "{} faults:\n{}", broken.len(), broken.join("\n"));
    // Some may come in no run but the first; most must.
    assert!(met * 10 >= tried * 8, "only {met} of {tried} faults were met");
    let spared: Vec<_> = routes.into_iter().filter(|route| !is_met(&ends, *route)).collect();
    assert!(spared.is_empty(), "nothing went wrong with {spared:?}");
}

/// Everything that may go wrong in a story.
fn points(whole: &End) -> impl Iterator<Item = Point> {
    let calls = whole.played.calls.clone().into_iter();
    calls.flat_map(|call| {
        let faults = faults().into_iter().map(move |fault| Point::Fault { call, fault });
        faults.chain([Point::Archive { call }])
    })
}

/// Every route that the bot calls in a story.
fn routes(whole: &[End]) -> Vec<Route> {
    let mut known = HashSet::new();
    let calls = whole.iter().flat_map(|end| &end.played.calls);
    calls.map(|call| call.route).filter(|route| known.insert(*route)).collect()
}

/// Something that goes wrong with the first call of each route, another thing with each, in the story that calls it most:
/// a call of the passes that compare Discord with the desk may fall into a story's beginning or not.
fn one_for_each_route(whole: &[End]) -> Vec<(&'static Story, Point)> {
    let faults = faults().into_iter().cycle();
    let planned = routes(whole).into_iter().zip(faults).filter_map(|(route, fault)| {
        let calls = |end: &&End| end.played.calls.iter().filter(|call| call.route == route).count();
        let end = whole.iter().max_by_key(calls)?;
        Some((end.story, Point::Fault { call: Nth { route, number: 1 }, fault }))
    });
    planned.collect()
}

fn is_met(ends: &[End], route: Route) -> bool {
    ends.iter().any(|end| {
        let is_it = matches!(end.point, Some(Point::Fault { call, .. }) if call.route == route);
        is_it && end.played.met
    })
}
