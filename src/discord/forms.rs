//! What is asked before a change, by a button or by a command that left a text out. Whoever may not make the change is
//! told before they fill in anything.

use super::call::Call;
use super::reply::{Answer, Reply};
use super::views::forms;
use crate::desk::Writing;
use crate::domain::id::SpecialismId;
use crate::domain::policy::Action;
use crate::store::TicketKey;

/// What was tried and what is expected; before that to whom, where there is a choice.
pub(crate) async fn escalation(call: &Call<'_>, key: TicketKey, to: Option<SpecialismId>) -> Reply {
    let ticket = call.cx.desk.may(&call.actor, key, Action::Escalate).await?;
    let set_up = call.set_up()?;
    if to.is_none() && set_up.specialisms.len() > 1 {
        let proposed = call.cx.desk.proposals(&ticket, set_up).await?;
        return Ok(Answer::Ephemeral(forms::specialism_select(call.language(), &ticket, set_up, &proposed)));
    }
    Ok(Answer::Form(forms::escalation(call.language(), &ticket, to)))
}

/// The solution.
pub(crate) async fn solution(call: &Call<'_>, key: TicketKey) -> Reply {
    let ticket = call.cx.desk.may(&call.actor, key, Action::Resolve).await?;
    Ok(Answer::Form(forms::solution(call.language(), &ticket)))
}

/// Why it goes back to first level.
pub(crate) async fn hand_back(call: &Call<'_>, key: TicketKey) -> Reply {
    let ticket = call.cx.desk.may(&call.actor, key, Action::HandBack).await?;
    Ok(Answer::Form(forms::hand_back(call.language(), &ticket)))
}

/// More about a rating.
pub(crate) async fn comment(call: &Call<'_>, key: TicketKey) -> Reply {
    let ticket = call.cx.desk.may(&call.actor, key, Action::Rate).await?;
    Ok(Answer::Form(forms::comment(call.language(), &ticket)))
}

/// An internal note.
pub(crate) async fn note(call: &Call<'_>, key: TicketKey) -> Reply {
    let ticket = call.cx.desk.may(&call.actor, key, Action::Note).await?;
    Ok(Answer::Form(forms::note(call.language(), &ticket)))
}

/// An article, filled in with what is known.
pub(crate) async fn article(call: &Call<'_>, writing: Writing) -> Reply {
    let prefilled = call.cx.desk.prefilled(&call.actor, writing).await?;
    Ok(Answer::Form(forms::article(call.language(), &prefilled)))
}
