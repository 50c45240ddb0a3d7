//! `/kb …`: reading the knowledge base without asking for help.

use super::complete::audience;
use crate::desk::Refusal;
use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::answer;
use crate::domain::article::ArticleId;
use crate::knowledge::answer::Question;

/// The best passage and the titles of others. Not counted as a question: nobody was in need.
pub(super) async fn search(call: &Call<'_>, given: Given<'_>) -> Reply {
    let query = given.filled("query").ok_or(Refusal::TextMissing)?;
    let question = Question {
        guild: call.actor.guild,
        text: query.trim().to_owned(),
        language: call.language(),
        audience: audience(call),
    };
    let desk = &call.cx.desk;
    let shelf = desk.shelf(call.actor.guild).await;
    let found = desk.knowledge.answer(&shelf, question).await?;
    Ok(Answer::Ephemeral(answer::found(call.language(), &found)))
}

/// A whole article, by the id of a suggestion, or by its title as somebody typed it.
pub(super) async fn show(call: &Call<'_>, given: &Given<'_>) -> Reply {
    let wanted = given.filled("article").ok_or(Refusal::TextMissing)?.trim();
    let knowledge = &call.cx.desk.knowledge;
    let shelf = call.cx.desk.shelf(call.actor.guild).await;
    let titled = knowledge.find_title(&shelf, wanted, audience(call))?;
    let id = titled.unwrap_or_else(|| ArticleId(wanted.to_owned()));
    let article = knowledge.article(&shelf, id, audience(call)).await?.ok_or(Mistake::NoSuchArticle)?;
    Ok(Answer::Ephemeral(answer::article(call.language(), &article)))
}
