//! Who is on duty: everybody of staff says so for themselves.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::duty::{self, OnDuty};
use crate::domain::policy::Denied;

/// What somebody says about themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyChange<'a> {
    /// On duty, until then if they say.
    On {
        /// As they typed it.
        until: Option<&'a str>,
    },
    /// Not any more.
    Off,
    /// Nothing; they want to see who is.
    Look,
}

/// Who is on duty now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Everybody, the longest first.
    pub on_duty: Vec<OnDuty>,
    /// The entry of the person who asks.
    pub own: Option<OnDuty>,
}

impl Desk {
    /// Puts the actor on duty or takes them off it, and says who is. Staff only.
    pub async fn duty(&self, actor: &Actor, change: DutyChange<'_>) -> Result<Duty, DeskError> {
        if !actor.standing.is_staff() {
            return Err(Refusal::from(Denied::StaffOnly).into());
        }
        self.store.desk(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let now = self.clock.now();
        let zone = self.store.terms(actor.guild).await?.calendar.map(|calendar| calendar.zone);
        let mut tx = self.store.begin().await?;
        match change {
            DutyChange::On { until } => {
                let end = until.map(|typed| duty::end(typed, now, zone));
                let until = end.transpose().map_err(Refusal::from)?;
                let on_duty = OnDuty {
                    user: actor.user,
                    first_level: actor.standing.first_level,
                    specialisms: actor.standing.specialisms.clone(),
                    since: now,
                    until,
                };
                tx.begin_duty(actor.guild, &on_duty).await?;
            }
            DutyChange::Off => tx.end_duty(actor.guild, actor.user).await?,
            DutyChange::Look => {}
        }
        tx.commit().await?;
        let on_duty = self.store.on_duty(actor.guild, now).await?;
        let own = on_duty.iter().find(|duty| duty.user == actor.user).cloned();
        Ok(Duty { on_duty, own })
    }
}
