//! What happens when the timers of a ticket ring.
//!
//! Each timer follows from the ticket as it is (`schedule::timers`). When one rings the ticket is locked and looked at
//! anew: what is no longer so, or not yet, does nothing. What was said is marked on the ticket, so that it is said once.
//! Nobody is pinged outside of opening hours; such a timer waits for the next opening.

use std::time::Duration;

use super::change::Change;
use super::close::finish;
use super::escalate::packet_update;
use super::ladder::climb;
use super::{Desk, DeskError};
use crate::domain::desk::Specialism;
use crate::domain::event::What;
use crate::domain::id::{GuildId, TicketId, UserId};
use crate::domain::job::{Job, Lane, Say, Timer, Whom};
use crate::domain::ladder::{Climb, Rung};
use crate::domain::schedule::{self, Terms};
use crate::domain::ticket::{CloseReason, Escalation, Holder, Status, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::watch::Written;
use crate::store::StoreError;

/// How many tickets get their new deadlines in one transaction.
const BATCH: i64 = 100;

/// After so long the thread is looked at once more: longer than a delivery is tried.
const LOOK_AGAIN_AFTER: Duration = Duration::from_hours(25);

/// What came of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rang {
    /// It did what it is for.
    Done,
    /// There was nothing to do, or not yet.
    Moot,
}

impl Desk {
    /// A timer of a ticket rings.
    pub async fn ticket_timer(&self, id: TicketId, timer: Timer) -> Result<Rang, DeskError> {
        let mut tx = self.store.begin().await?;
        // The ticket first, like whoever changes it, so that the two never wait for each other.
        let ticket = tx.lock_ticket_of_timer(id).await?;
        // Of two processes only one takes it away.
        let is_ours = tx.cancel_timer(Lane::Ticket(id), timer).await?;
        let (true, Some(ticket)) = (is_ours, ticket) else {
            tx.commit().await?;
            return Ok(Rang::Moot);
        };
        let change = Change::new(tx, ticket, self.clock.now(), None).await?;
        let now = change.now;
        let mut timers = schedule::timers(&change.ticket, &change.terms).into_iter();
        if !timers.any(|(planned, at)| planned == timer && at <= now) {
            change.commit().await?;
            return Ok(Rang::Moot);
        }
        if timer.calls_people() && change.terms.on_duty(change.ticket.priority, now) > now {
            // Saved as it is, it rings at the next opening.
            change.commit().await?;
            return Ok(Rang::Moot);
        }
        match timer {
            Timer::DueSoon => due_soon(change).await?,
            Timer::Overdue => overdue(change).await?,
            Timer::AnswerOwed
            | Timer::Idle
            | Timer::Nudge
            | Timer::ClosingSoon
            | Timer::StaleClose
            | Timer::AutoClose => return look_first(change, timer).await,
            Timer::Ladder => climb(change).await?,
            // None of these follows from a ticket, so none is among those that were planned.
            Timer::Recompute
            | Timer::Daily
            | Timer::LookAlike
            | Timer::SettleIncident
            | Timer::WeeklyReport
            | Timer::Retention
            | Timer::RemindOfPractice
            | Timer::StopPractice => change.commit().await?,
        };
        Ok(Rang::Done)
    }

    /// After a look at the thread of a ticket about which somebody seems to be silent: what was found there is heard, and if
    /// that is nothing, what silence leads to is done.
    pub async fn end_silence(&self, id: TicketId, written: &[Written]) -> Result<Rang, DeskError> {
        let mut tx = self.store.begin().await?;
        let Some(ticket) = tx.lock_ticket_of_timer(id).await? else { return Ok(Rang::Moot) };
        let mut change = Change::new(tx, ticket, self.clock.now(), None).await?;
        change.hear_late(written).await?;
        let (now, on_duty) = (change.now, change.terms.on_duty(change.ticket.priority, change.now));
        let mut timers = schedule::timers(&change.ticket, &change.terms).into_iter();
        let is_due = |(timer, at): &(Timer, Timestamp)| {
            timer.is_of_silence() && *at <= now && (!timer.calls_people() || on_duty <= now)
        };
        match timers.find(is_due) {
            Some((Timer::AnswerOwed, _)) => answer_owed(change).await?,
            Some((Timer::Idle, _)) => idle(change).await?,
            Some((Timer::Nudge | Timer::ClosingSoon, _)) => closing_soon(change).await?,
            Some((Timer::StaleClose, _)) => finish(change, None, CloseReason::NoAnswer).await?,
            Some((Timer::AutoClose, _)) => finish(change, None, CloseReason::Silence).await?,
            // Saved as it is, it gets the timers that follow from it now.
            _ => {
                change.commit().await?;
                return Ok(Rang::Moot);
            }
        };
        Ok(Rang::Done)
    }

    /// What the desk promises has changed: every ticket that is not closed gets its new deadline and timers.
    pub async fn recompute(&self, guild: GuildId) -> Result<(), DeskError> {
        let specialisms = self.store.specialisms(guild).await?;
        let mut after = TicketId(0);
        // The timer stands until all of it is done: what is cut off begins anew, and comes to the same.
        while let Some(last) = self.recompute_batch(guild, after, &specialisms).await? {
            after = last;
        }
        let mut tx = self.store.begin().await?;
        tx.cancel_timer(Lane::Desk(guild), Timer::Recompute).await?;
        Ok(tx.commit().await?)
    }

    /// Gives the next tickets their new deadlines and timers. The last of them, or `None` when there was none.
    async fn recompute_batch(
        &self,
        guild: GuildId,
        after: TicketId,
        specialisms: &[Specialism],
    ) -> Result<Option<TicketId>, DeskError> {
        let mut tx = self.store.begin().await?;
        tx.lock_desk(guild).await?;
        let mut tickets = tx.lock_not_closed(guild, after, BATCH).await?;
        let (terms, now) = (tx.terms(guild).await?, self.clock.now());
        let before: Vec<_> = tickets.iter().map(|ticket| (ticket.due_at, ticket.ladder)).collect();
        for ticket in &mut tickets {
            ticket.due_at = schedule::due_at(ticket, &terms);
            ticket.ladder = moved_ladder(ticket, specialisms, &terms, now);
        }
        let changed =
            tickets.iter().zip(before).filter(|(ticket, before)| *before != (ticket.due_at, ticket.ladder));
        let changed: Vec<_> = changed.map(|(ticket, _)| ticket).collect();
        let timers = tickets.iter().flat_map(|ticket| {
            schedule::timers_at(ticket, &terms, now).into_iter().map(|(timer, at)| (ticket.id, timer, at))
        });
        let timers: Vec<_> = timers.collect();
        let all: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
        tx.save_deadlines(&changed).await?;
        tx.reset_ticket_timers(guild, &all, &timers).await?;
        let shown = changed.iter().flat_map(|ticket| {
            let cards = packet_update(ticket.status.escalation()).into_iter().chain([Job::UpdateCards]);
            cards.map(move |job| (Lane::Ticket(ticket.id), job))
        });
        let shown: Vec<_> = shown.collect();
        let shown: Vec<_> = shown.iter().map(|(lane, job)| (*lane, job)).collect();
        tx.enqueue_all(guild, &shown, now).await?;
        tx.commit().await?;
        Ok(all.last().copied())
    }
}

/// Silence has consequences only after a look at the thread, because nobody may have listened when somebody wrote. A
/// delivery looks, and does what follows; the ticket is as it was, and should the delivery be given up, the timer rings again.
async fn look_first(mut change: Change, timer: Timer) -> Result<Rang, DeskError> {
    let (guild, lane, now) = (change.ticket.guild, Lane::Ticket(change.ticket.id), change.now);
    change.tx.forget_dead(lane, &Job::EndSilence).await?;
    change.tx.enqueue_once(guild, lane, &Job::EndSilence, now).await?;
    change.tx.set_timer(guild, lane, timer, now + LOOK_AGAIN_AFTER).await?;
    change.tx.commit().await?;
    Ok(Rang::Done)
}

/// The ladder of a ticket under other terms.
fn moved_ladder(ticket: &Ticket, specialisms: &[Specialism], terms: &Terms, now: Timestamp) -> Climb {
    let specialism = match ticket.status {
        Status::Escalated(Escalation { specialism, .. }) => {
            specialisms.iter().find(|one| one.id == specialism)
        }
        _ => None,
    };
    match specialism {
        Some(specialism) => ticket.ladder.moved(&specialism.ladder, terms, ticket.priority, now),
        None => ticket.ladder,
    }
}

/// Who of staff is to be told: whoever has it, else the agent who escalated it, else first level.
fn responsible(ticket: &Ticket) -> Whom {
    let holder = ticket.status.holder().map(Holder::user);
    let escalated_by = ticket.status.escalation().map(|escalation| escalation.by);
    holder.or(escalated_by).map_or(Whom::FirstLevel, Whom::Person)
}

async fn due_soon(mut change: Change) -> Result<Ticket, DeskError> {
    let due = schedule::due_at(&change.ticket, &change.terms);
    change.ticket.watch.warned = due;
    // After a long stop both may have passed; then only the later word is said.
    if let Some(due) = due.filter(|due| *due > change.now) {
        let whom = responsible(&change.ticket);
        change.follow_up(&[Job::Say { what: Say::DueSoon { whom, due } }]).await?;
    }
    change.commit().await
}

async fn overdue(mut change: Change) -> Result<Ticket, DeskError> {
    let due = schedule::due_at(&change.ticket, &change.terms);
    change.ticket.watch.missed = due;
    if let Some(due) = due {
        let whom = responsible(&change.ticket);
        change.record(&What::Overdue { due }).await?;
        change.follow_up(&[Job::UpdateCards]).await?;
        // Whom an escalation waits for is called by its ladder, and nobody else can do anything about it.
        if !matches!(change.ticket.status, Status::Escalated(_)) {
            let above = above(&mut change).await?;
            if let Some((rung, user)) = above {
                change.record(&What::Called { rung, user: Some(user), role: None }).await?;
            }
            let above = above.map(|(_, user)| user);
            change.follow_up(&[Job::Say { what: Say::Overdue { whom, due, above } }]).await?;
        }
    }
    change.commit().await
}

/// Who is above whoever has it: the lead of its specialism, else whoever set the desk up.
async fn above(change: &mut Change) -> Result<Option<(Rung, UserId)>, StoreError> {
    let guild = change.ticket.guild;
    let holder = change.ticket.status.holder().map(Holder::user);
    let is_above = |user: &UserId| Some(*user) != holder;
    let specialism = match change.ticket.status.escalation() {
        Some(escalation) => change.tx.specialism(guild, escalation.specialism).await?,
        None => None,
    };
    if let Some(lead) = specialism.and_then(|specialism| specialism.ladder.lead).filter(is_above) {
        return Ok(Some((Rung::Lead, lead)));
    }
    let admin = change.tx.desk_people(guild).await?.admin.filter(is_above);
    Ok(admin.map(|admin| (Rung::Admin, admin)))
}

async fn answer_owed(mut change: Change) -> Result<Ticket, DeskError> {
    change.ticket.watch.reminded = true;
    if let Some(since) = change.ticket.watch.owed_since {
        let whom = responsible(&change.ticket);
        change.follow_up(&[Job::Say { what: Say::AnswerOwed { whom, since } }]).await?;
    }
    change.commit().await
}

async fn idle(mut change: Change) -> Result<Ticket, DeskError> {
    let (event, what) = match change.ticket.status {
        Status::Claimed { agent } => (What::FoundIdle { agent }, Say::FoundIdle { agent }),
        Status::Accepted { specialist, escalation } => {
            let specialism = escalation.specialism;
            (What::SpecialistIdle { specialist }, Say::SpecialistIdle { specialist, specialism })
        }
        Status::Queued | Status::Escalated(_) | Status::Resolved { .. } | Status::Closed { .. } => {
            return change.commit().await;
        }
    };
    change.take_back(&event).await?;
    change.follow_up(&[Job::UpdateCards, Job::Say { what }]).await?;
    change.commit().await
}

async fn closing_soon(mut change: Change) -> Result<Ticket, DeskError> {
    change.ticket.watch.told_at = Some(change.now);
    if let Some(closes) = schedule::closes_at(&change.ticket) {
        let what = match change.ticket.status {
            Status::Resolved { .. } => Say::ClosingSoon { closes },
            _ => Say::Nudge { closes },
        };
        change.follow_up(&[Job::Say { what }]).await?;
    }
    change.commit().await
}
