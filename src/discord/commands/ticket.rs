//! `/ticket …`: the twin of every button, and what has no button.

use crate::desk::{Assignee, Escalating, Refusal, SetUp};
use crate::discord::call::{Call, Given};
use crate::discord::forms;
use crate::discord::outcome::{self, Done};
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::views::{lists, words};
use crate::domain::article::Language;
use crate::domain::id::{RoleId, SpecialismId, TicketNumber, UserId};
use crate::domain::ticket::Priority;

pub(super) async fn claim(call: &Call<'_>, given: Given<'_>) -> Reply {
    let claimed = call.cx.desk.claim(&call.actor, call.ticket(&given)?).await?;
    outcome::on_card(call, &claimed, Done::Claimed)
}

pub(super) async fn release(call: &Call<'_>, given: Given<'_>) -> Reply {
    let released = call.cx.desk.release(&call.actor, call.ticket(&given)?).await?;
    outcome::on_card(call, &released, Done::Released)
}

pub(super) async fn assign(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let set_up = call.set_up()?;
    let (user, member) = given.user("user").ok_or(Mistake::UnknownCommand)?;
    let user = UserId::from_snowflake(user.id.get());
    let first_level = member.is_some_and(|member| {
        member.roles.iter().any(|role| RoleId::from_snowflake(role.get()) == set_up.settings.first_level)
    });
    let assigned = call.cx.desk.assign(&call.actor, key, Assignee { user, first_level }).await?;
    outcome::on_card(call, &assigned, Done::Assigned(user))
}

pub(super) async fn escalate(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let specialism = given.filled("specialism").map(|name| specialism(call, name)).transpose()?;
    let Some(reason) = given.filled("reason") else { return forms::escalation(call, key, specialism).await };
    let escalating = Escalating { specialism, tried: Some(reason), expected: None };
    let escalated = call.cx.desk.escalate(&call.actor, key, escalating).await?;
    outcome::on_card(call, &escalated, Done::Escalated)
}

pub(super) async fn accept(call: &Call<'_>, given: Given<'_>) -> Reply {
    let accepted = call.cx.desk.accept(&call.actor, call.ticket(&given)?).await?;
    outcome::on_card(call, &accepted, Done::Accepted)
}

pub(super) async fn hand_back(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let Some(reason) = given.filled("reason") else { return forms::hand_back(call, key).await };
    let handed_back = call.cx.desk.hand_back(&call.actor, key, reason).await?;
    outcome::on_card(call, &handed_back, Done::HandedBack)
}

pub(super) async fn wait(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    if given.flag("over") {
        let going_on = call.cx.desk.go_on(&call.actor, key).await?;
        return outcome::on_card(call, &going_on, Done::GoingOn);
    }
    let waiting = call.cx.desk.wait(&call.actor, key).await?;
    outcome::on_card(call, &waiting, Done::Waiting)
}

pub(super) async fn resolve(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let Some(solution) = given.filled("solution") else { return forms::solution(call, key).await };
    let resolved = call.cx.desk.resolve(&call.actor, key, solution).await?;
    outcome::on_card(call, &resolved, Done::Resolved)
}

pub(super) async fn close(call: &Call<'_>, given: Given<'_>) -> Reply {
    let closed = call.cx.desk.close(&call.actor, call.ticket(&given)?, given.text("reason")).await?;
    outcome::on_card(call, &closed, Done::Closed)
}

pub(super) async fn reopen(call: &Call<'_>, given: Given<'_>) -> Reply {
    let reopened = call.cx.desk.reopen(&call.actor, call.ticket(&given)?).await?;
    outcome::on_card(call, &reopened, Done::Reopened)
}

pub(super) async fn priority(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let level = given.text("level").and_then(Priority::from_code).ok_or(Mistake::UnknownCommand)?;
    let prioritised = call.cx.desk.prioritise(&call.actor, key, level, given.text("reason")).await?;
    outcome::on_card(call, &prioritised, Done::Prioritised)
}

pub(super) async fn category(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let name = given.text("name").unwrap_or_default();
    let categorised = call.cx.desk.categorise(&call.actor, key, name).await?;
    outcome::on_card(call, &categorised, Done::Categorised)
}

pub(super) async fn note(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let Some(note) = given.filled("text") else { return forms::note(call, key).await };
    let noted = call.cx.desk.note(&call.actor, key, note).await?;
    outcome::on_card(call, &noted, Done::Noted)
}

pub(super) async fn add(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let (user, _) = given.user("user").ok_or(Mistake::UnknownCommand)?;
    let user = UserId::from_snowflake(user.id.get());
    let ticket = call.cx.desk.add_member(&call.actor, key, user).await?;
    outcome::on_card(call, &ticket, Done::Added(user))
}

pub(super) async fn duplicate(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let of = TicketNumber(given.number("of").ok_or(Mistake::UnknownCommand)?);
    let duplicate = call.cx.desk.mark_duplicate(&call.actor, key, of).await?;
    outcome::on_card(call, &duplicate, Done::Duplicate(of))
}

pub(super) async fn reply(call: &Call<'_>, given: Given<'_>) -> Reply {
    let key = call.ticket(&given)?;
    let name = given.filled("name").ok_or(Refusal::NoSuchReply)?;
    let replied = call.cx.desk.reply(&call.actor, key, name).await?;
    outcome::on_card(call, &replied, Done::Replied)
}

pub(super) async fn info(call: &Call<'_>, given: Given<'_>) -> Reply {
    let info = call.cx.desk.info(&call.actor, call.ticket(&given)?).await?;
    Ok(Answer::Ephemeral(lists::info(call.language(), &info, call.set_up()?)))
}

fn specialism(call: &Call<'_>, name: &str) -> Result<SpecialismId, Failure> {
    Ok(named_specialism(call.set_up()?, name).ok_or(Refusal::NoSuchSpecialism)?)
}

/// The specialism that a name means. People may type it without picking a suggestion, and in any language.
pub(super) fn named_specialism(set_up: &SetUp, name: &str) -> Option<SpecialismId> {
    let wanted = name.trim().to_lowercase();
    let found = set_up.specialisms.iter().find(|specialism| {
        Language::ALL
            .into_iter()
            .any(|language| words::specialism_name(language, specialism).to_lowercase() == wanted)
    });
    found.map(|specialism| specialism.id)
}
