//! The deadlines of many tickets at once, over the tables `tickets` and `timers`: one statement for a batch of
//! tickets, not one for each.

use sqlx::QueryBuilder;

use super::tickets::{LOCK_NOT_CLOSED, TicketRow};
use super::{StoreError, Tx, writing};
use crate::domain::id::{GuildId, TicketId};
use crate::domain::job::{Lane, Timer};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

impl Tx {
    /// The next tickets of a server that are not closed, after the one given, kept from everybody else until the
    /// transaction ends.
    pub async fn lock_not_closed(
        &mut self,
        guild: GuildId,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = writing!(self, connection => {
            sqlx::query_as(LOCK_NOT_CLOSED).bind(guild.0).bind(after.0).bind(limit).fetch_all(connection).await?
        });
        let mut tickets: Vec<Ticket> = rows.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
        // An UPDATE gives rows back in any order.
        tickets.sort_unstable_by_key(|ticket| ticket.id);
        Ok(tickets)
    }

    /// Saves until when tickets are due, and when the next steps of their ladders are.
    pub async fn save_deadlines(&mut self, tickets: &[&Ticket]) -> Result<(), StoreError> {
        if tickets.is_empty() {
            return Ok(());
        }
        writing!(self, connection => {
            // Both databases call the columns of a bare VALUES list column1, column2 and so on.
            let mut update = QueryBuilder::new(
                "UPDATE tickets SET due_at = v.column2, ladder_next_at = v.column3 FROM (",
            );
            update.push_values(tickets, |mut row, ticket| {
                let times = [ticket.due_at, ticket.ladder.next_at].map(|at| at.map(|at| at.0));
                row.push("CAST(").push_bind_unseparated(ticket.id.0).push_unseparated(" AS BIGINT)");
                for time in times {
                    row.push("CAST(").push_bind_unseparated(time).push_unseparated(" AS BIGINT)");
                }
            });
            update.push(") AS v WHERE tickets.id = v.column1");
            update.build().execute(connection).await?;
        });
        Ok(())
    }

    /// Sets exactly these of the timers that follow from tickets; whatever they had before of that kind is taken back.
    pub async fn reset_ticket_timers(
        &mut self,
        guild: GuildId,
        tickets: &[TicketId],
        timers: &[(TicketId, Timer, Timestamp)],
    ) -> Result<(), StoreError> {
        if tickets.is_empty() {
            return Ok(());
        }
        writing!(self, connection => {
            let mut clear = QueryBuilder::new("DELETE FROM timers WHERE what IN (");
            let mut kinds = clear.separated(", ");
            for timer in Timer::OF_A_TICKET {
                kinds.push_bind(timer.code());
            }
            clear.push(") AND lane IN (");
            let mut lanes = clear.separated(", ");
            for ticket in tickets {
                lanes.push_bind(Lane::Ticket(*ticket).to_string());
            }
            clear.push(")");
            clear.build().execute(connection).await?;
        });
        self.set_ticket_timers(guild, timers).await
    }

    /// Sets timers of tickets that have none of these.
    pub async fn set_ticket_timers(
        &mut self,
        guild: GuildId,
        timers: &[(TicketId, Timer, Timestamp)],
    ) -> Result<(), StoreError> {
        if timers.is_empty() {
            return Ok(());
        }
        writing!(self, connection => {
            let mut set = QueryBuilder::new("INSERT INTO timers (guild_id, lane, what, due_at) ");
            set.push_values(timers, |mut row, (ticket, timer, due_at)| {
                row.push_bind(guild.0)
                    .push_bind(Lane::Ticket(*ticket).to_string())
                    .push_bind(timer.code())
                    .push_bind(due_at.0);
            });
            set.build().execute(connection).await?;
        });
        Ok(())
    }
}
