//! Faults planned by tests: a route that fails, is slow, or loses its connection before or after the
//! effect took place.
//!
//! A plan holds for the next so many calls of a route, first planned first used. Gateway faults are in
//! `gateway`.

use std::{collections::VecDeque, fmt, sync::Arc, time::Duration};

use super::ratelimit::Scope;
use super::rest::Route;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// The call is refused without effect, with this status and JSON error code.
    Fail {
        /// The HTTP status.
        status: u16,
        /// Discord's JSON error code; 0 for a plain server fault.
        code: u64,
    },
    /// The call is refused with 429.
    RateLimited {
        /// After how long it may be tried again.
        retry_after: Duration,
        /// Whose limit is named as the reason.
        scope: Scope,
    },
    /// The call has its effect, but only after this real time.
    Delay(Duration),
    /// The connection is cut, and nothing happened.
    DropBefore,
    /// The connection is cut after the effect took place: the caller cannot know.
    DropAfter,
}

/// What goes wrong with a file that is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileTrouble {
    /// It is refused with this status.
    Fail(u16),
    /// Its reader is sent elsewhere.
    Redirect(String),
    /// It is so many bytes long, whatever was said of it, and its length is not told.
    Grow(usize),
    /// It comes, and does not end.
    Stall,
}

/// When a watched call is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It has arrived and nothing has happened.
    Arrived,
    /// Its effect took place and nobody knows yet.
    Done,
}

/// Whether a watched call goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// It does.
    GoOn,
    /// Its connection is cut.
    Cut,
    /// This goes wrong with it. Only before its effect.
    Fault(Fault),
}

/// Looks at every call, before and after its effect. It may take its time; others are served meanwhile.
#[derive(Clone)]
pub(crate) struct CallWatch(pub(crate) Arc<dyn Fn(Route, Moment) -> Verdict + Send + Sync>);

impl fmt::Debug for CallWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallWatch(..)")
    }
}

/// The plan.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    planned: VecDeque<Planned>,
    file_troubles: VecDeque<FileTrouble>,
    /// Who looks at every call.
    pub(crate) watch: Option<CallWatch>,
}

#[derive(Debug)]
struct Planned {
    route: Route,
    fault: Fault,
    times: u32,
}

impl Faults {
    /// Plans a fault for the next so many calls of a route.
    pub(crate) fn plan(&mut self, route: Route, fault: Fault, times: u32) {
        if times > 0 {
            self.planned.push_back(Planned { route, fault, times });
        }
    }

    /// The fault of this call, if one is planned.
    pub(crate) fn take(&mut self, route: Route) -> Option<Fault> {
        let index = self.planned.iter().position(|planned| planned.route == route)?;
        let planned = self.planned.get_mut(index)?;
        let fault = planned.fault;
        planned.times -= 1;
        if planned.times == 0 {
            self.planned.remove(index);
        }
        Some(fault)
    }

    /// Plans what goes wrong with the next file that is fetched.
    pub(crate) fn plan_file_trouble(&mut self, trouble: FileTrouble) {
        self.file_troubles.push_back(trouble);
    }

    /// What goes wrong with this file, if something is planned.
    pub(crate) fn take_file_trouble(&mut self) -> Option<FileTrouble> {
        self.file_troubles.pop_front()
    }

    /// Forgets what is planned; returns how many calls were still to go wrong.
    pub(crate) fn clear(&mut self) -> u32 {
        self.planned.drain(..).map(|planned| planned.times).sum()
    }
}
