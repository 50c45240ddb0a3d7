//! Buttons, selects and forms: from a typed custom id to its handler.

mod answers;
mod articles;
mod desk;
mod incidents;
mod knowledge;
mod practice;
mod privacy;
mod tickets;

use super::call::{Call, Filled};
use super::custom_id::{ArticlePress, CustomId, Press};
use super::pipeline::Needs;
use super::reply::{Mistake, Reply};

/// What the path has to do for a press or a form.
pub(super) fn needs(id: CustomId) -> Needs {
    let set_up = match id {
        // A question is its asker's own, whatever their roles are.
        CustomId::Solved { .. } | CustomId::OtherAnswers { .. } | CustomId::Open { .. } => false,
        // Whose tickets are one level up depends on their roles.
        CustomId::OpenForm { .. }
        | CustomId::OpenFromMessageForm { .. }
        | CustomId::Ticket { .. }
        | CustomId::Rate { .. }
        | CustomId::EscalateForm { .. }
        | CustomId::TicketForm { .. }
        | CustomId::ArticleForm { .. }
        | CustomId::Article { .. }
        | CustomId::ShowArticle
        | CustomId::Overview { .. }
        | CustomId::WriteGap
        | CustomId::Forget { .. }
        | CustomId::ForgetAll { .. }
        | CustomId::MeToo { .. }
        | CustomId::OpenIncident { .. }
        | CustomId::IncidentForm { .. }
        | CustomId::SolveIncident { .. }
        | CustomId::SolveIncidentForm { .. }
        | CustomId::Practice { .. }
        | CustomId::PracticeKept { .. }
        | CustomId::GivenUp { .. }
        | CustomId::DeleteMyData
        | CustomId::Page { .. } => true,
    };
    // Making a transcript asks Discord, and sends files; deleting goes through all that is kept.
    let deferred = matches!(id, CustomId::Ticket { press: Press::Transcript, .. } | CustomId::DeleteMyData);
    Needs { set_up, deferred }
}

/// A button was pressed, or something was chosen from a select.
pub(super) async fn pressed(call: &Call<'_>, id: CustomId, chosen: &[String]) -> Reply {
    match id {
        CustomId::Solved { question, position } => answers::solved(call, question, position).await,
        CustomId::OtherAnswers { question } => answers::other(call, question, chosen).await,
        CustomId::Open { question } => answers::open(call, question).await,
        CustomId::Ticket { press, ticket } => tickets::pressed(call, press, ticket, chosen).await,
        CustomId::Rate { ticket, stars } => tickets::rated(call, ticket, stars).await,
        CustomId::Page { list, page } => tickets::page(call, list, page).await,
        CustomId::Article { press, article, version } => {
            articles::pressed(call, press, article, version, chosen).await
        }
        CustomId::ShowArticle => articles::show(call, chosen).await,
        CustomId::Overview { overview, page } => knowledge::overview(call, overview, page).await,
        CustomId::WriteGap => knowledge::write(call, chosen).await,
        CustomId::Forget { .. } => knowledge::forget(call, chosen).await,
        CustomId::ForgetAll { lesson } => knowledge::forget_all(call, lesson).await,
        CustomId::MeToo { incident } => incidents::me_too(call, incident).await,
        CustomId::OpenIncident { proposal } => incidents::open(call, proposal).await,
        CustomId::SolveIncident { incident } => incidents::solve(call, incident),
        CustomId::Practice { press, practice } => practice::pressed(call, press, practice, chosen).await,
        CustomId::PracticeKept { practice, item } => practice::kept(call, practice, item).await,
        CustomId::GivenUp { press, newest } => desk::given_up(call, press, newest).await,
        CustomId::DeleteMyData => privacy::delete(call).await,
        // The id of a form on a button is none of ours.
        CustomId::OpenForm { .. }
        | CustomId::OpenFromMessageForm { .. }
        | CustomId::EscalateForm { .. }
        | CustomId::ArticleForm { .. }
        | CustomId::IncidentForm { .. }
        | CustomId::SolveIncidentForm { .. }
        | CustomId::TicketForm { .. } => Err(Mistake::UnknownButton.into()),
    }
}

/// A form was sent.
pub(super) async fn sent(call: &Call<'_>, id: CustomId, filled: &Filled<'_>) -> Reply {
    match id {
        CustomId::OpenForm { question } => answers::open_sent(call, question, filled).await,
        CustomId::OpenFromMessageForm { message } => {
            answers::open_from_message_sent(call, message, filled).await
        }
        CustomId::EscalateForm { ticket, specialism } => {
            tickets::escalate_sent(call, ticket, specialism, filled).await
        }
        CustomId::TicketForm { form, ticket } => tickets::sent(call, form, ticket, filled).await,
        CustomId::ArticleForm { form, id } => articles::sent(call, form, id, filled).await,
        CustomId::Article { press: ArticlePress::Discard, article, version } => {
            articles::discard_sent(call, article, version, filled).await
        }
        CustomId::IncidentForm { proposal } => incidents::open_sent(call, proposal, filled).await,
        CustomId::SolveIncidentForm { incident } => incidents::solve_sent(call, incident, filled).await,
        CustomId::Practice { press, practice } => practice::sent(call, press, practice, filled).await,
        // The id of a button on a form is none of ours.
        CustomId::Solved { .. }
        | CustomId::OtherAnswers { .. }
        | CustomId::Open { .. }
        | CustomId::Ticket { .. }
        | CustomId::Rate { .. }
        | CustomId::Article { .. }
        | CustomId::ShowArticle
        | CustomId::Overview { .. }
        | CustomId::WriteGap
        | CustomId::Forget { .. }
        | CustomId::ForgetAll { .. }
        | CustomId::MeToo { .. }
        | CustomId::OpenIncident { .. }
        | CustomId::SolveIncident { .. }
        | CustomId::PracticeKept { .. }
        | CustomId::GivenUp { .. }
        | CustomId::DeleteMyData
        | CustomId::Page { .. } => Err(Mistake::UnknownButton.into()),
    }
}
