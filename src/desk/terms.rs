//! When the desk is open and what it promises.

use super::report::next_weekly;
use super::set_up::managers_only;
use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::calendar::{Calendar, zone};
use crate::domain::holidays::Region;
use crate::domain::ics;
use crate::domain::job::{Lane, Timer};
use crate::domain::policy::Denied;
use crate::domain::schedule::{Promise, Sla, Span, Terms};
use crate::domain::ticket::Priority;
use crate::domain::typed;

pub use crate::domain::ics::Imported;

/// Whose public holidays are to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HolidayChange {
    /// The same as before.
    #[default]
    Stay,
    /// Those of a state.
    Of(Region),
    /// Nobody's.
    None,
}

/// What is to change about the opening hours. What is left out stays as it is.
#[derive(Clone, Debug, Default)]
pub struct HoursChange<'a> {
    /// The name of a time zone.
    pub zone: Option<&'a str>,
    /// The times of a week, as they are typed.
    pub week: Option<&'a str>,
    /// Whose public holidays are kept.
    pub holidays: HolidayChange,
    /// Days off, as they are typed.
    pub days_off: Option<&'a str>,
    /// Days off from a file.
    pub imported: Option<&'a Imported>,
}

/// What is to change about the promises. What is left out stays as it is.
#[derive(Clone, Debug, Default)]
pub struct SlaChange<'a> {
    /// For which priority.
    pub priority: Option<Priority>,
    /// A span, as it is typed.
    pub first_response: Option<&'a str>,
    /// A span, as it is typed.
    pub resolution: Option<&'a str>,
    /// Whether its clock runs at night, too.
    pub around_the_clock: Option<bool>,
    /// A span, as it is typed.
    pub idle: Option<&'a str>,
    /// A span, as it is typed.
    pub answer: Option<&'a str>,
}

impl Desk {
    /// What the desk works by. Staff and managers read it.
    pub async fn terms(&self, actor: &Actor) -> Result<Terms, DeskError> {
        if !actor.standing.is_staff() && !actor.standing.manager {
            return Err(Refusal::from(Denied::StaffOnly).into());
        }
        self.store.desk(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        Ok(self.store.terms(actor.guild).await?)
    }

    /// Changes the opening hours, and with them every deadline.
    pub async fn change_hours(&self, actor: &Actor, change: &HoursChange<'_>) -> Result<Terms, DeskError> {
        managers_only(actor)?;
        let before = self.terms(actor).await?;
        let calendar = changed_calendar(before.calendar, change)?;
        if calendar.next_opening(self.clock.now()).is_none() {
            return Err(Refusal::NeverOpen.into());
        }
        self.save_terms(actor, &Terms { calendar: Some(calendar), ..before }).await
    }

    /// Takes the opening hours away: all time is business time again.
    pub async fn clear_hours(&self, actor: &Actor) -> Result<Terms, DeskError> {
        managers_only(actor)?;
        let before = self.terms(actor).await?;
        self.save_terms(actor, &Terms { calendar: None, ..before }).await
    }

    /// Changes what is promised, and with it every deadline.
    pub async fn change_sla(&self, actor: &Actor, change: &SlaChange<'_>) -> Result<Terms, DeskError> {
        managers_only(actor)?;
        let before = self.terms(actor).await?;
        let terms = Terms { sla: changed_sla(before.sla, change)?, ..before };
        for priority in Priority::ALL {
            let Promise { first_response, resolution, .. } = *terms.sla.of(priority);
            if terms.length(priority, first_response) > terms.length(priority, resolution) {
                return Err(Refusal::SlaBackwards.into());
            }
        }
        self.save_terms(actor, &terms).await
    }

    /// Goes back to what every desk promises at first.
    pub async fn reset_sla(&self, actor: &Actor) -> Result<Terms, DeskError> {
        managers_only(actor)?;
        let before = self.terms(actor).await?;
        self.save_terms(actor, &Terms { sla: Sla::default(), ..before }).await
    }

    async fn save_terms(&self, actor: &Actor, terms: &Terms) -> Result<Terms, DeskError> {
        let mut tx = self.store.begin().await?;
        tx.save_calendar(actor.guild, terms.calendar.as_ref()).await?;
        tx.save_sla(actor.guild, Some(&terms.sla)).await?;
        let (lane, now) = (Lane::Desk(actor.guild), self.clock.now());
        tx.set_timer(actor.guild, lane, Timer::Recompute, now).await?;
        if tx.digest(actor.guild).await?.is_some() {
            // Monday morning is another moment in another zone.
            let next = next_weekly(now, terms.zone());
            tx.set_timer(actor.guild, lane, Timer::WeeklyReport, next).await?;
        }
        tx.commit().await?;
        Ok(terms.clone())
    }
}

/// Reads a calendar file.
pub fn read_calendar_file(bytes: &[u8]) -> Result<Imported, Refusal> {
    Ok(ics::read(bytes)?)
}

fn changed_calendar(before: Option<Calendar>, change: &HoursChange<'_>) -> Result<Calendar, Refusal> {
    let zone = change.zone.map(|name| zone(name).ok_or(Refusal::NoSuchZone)).transpose()?;
    let week = change.week.map(typed::week).transpose()?;
    let mut calendar = match (before, zone, week) {
        (Some(before), zone, week) => {
            Calendar { zone: zone.unwrap_or(before.zone), week: week.unwrap_or(before.week), ..before }
        }
        (None, Some(zone), Some(week)) => Calendar::new(zone, week),
        (None, _, _) => return Err(Refusal::HoursIncomplete),
    };
    match change.holidays {
        HolidayChange::Stay => {}
        HolidayChange::Of(region) => calendar.region = Some(region),
        HolidayChange::None => calendar.region = None,
    }
    if let Some(text) = change.days_off {
        calendar.days_off = typed::days_off(text)?;
    }
    if let Some(imported) = change.imported {
        calendar.imported.clone_from(&imported.days);
    }
    Ok(calendar)
}

fn changed_sla(mut sla: Sla, change: &SlaChange<'_>) -> Result<Sla, Refusal> {
    let span = |text: Option<&str>, before: Span| {
        text.map_or(Ok(before), |text| Ok::<_, Refusal>(typed::span(text)?))
    };
    sla.idle = span(change.idle, sla.idle)?;
    sla.answer = span(change.answer, sla.answer)?;
    let is_about_one =
        change.first_response.is_some() || change.resolution.is_some() || change.around_the_clock.is_some();
    match change.priority {
        Some(priority) => {
            let promise = sla.of_mut(priority);
            promise.first_response = span(change.first_response, promise.first_response)?;
            promise.resolution = span(change.resolution, promise.resolution)?;
            promise.around_the_clock = change.around_the_clock.unwrap_or(promise.around_the_clock);
        }
        None if is_about_one => return Err(Refusal::SlaIncomplete),
        None => {}
    }
    Ok(sla)
}
