//! `/kb …`: reading the knowledge base without asking for help.

use super::complete::audience;
use crate::desk::Refusal;
use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::answer;
use crate::domain::article::ArticleId;
use crate::knowledge::Question;

/// The best passage and the titles of others. Not counted as a question: nobody was in need.
pub(super) async fn search(call: &Call<'_>, given: Given<'_>) -> Reply {
    let query = given.filled("query").ok_or(Refusal::TextMissing)?;
    let question = Question {
        guild: call.actor.guild,
        text: query.trim().to_owned(),
        language: call.language(),
        audience: audience(call),
    };
    let found = call.cx.desk.knowledge.answer(question).await?;
    Ok(Answer::Ephemeral(answer::found(call.language(), &found)))
}

/// A whole article, by the id of a suggestion, or by its title as somebody typed it.
pub(super) fn show(call: &Call<'_>, given: &Given<'_>) -> Reply {
    let wanted = given.filled("article").ok_or(Refusal::TextMissing)?.trim();
    let knowledge = &call.cx.desk.knowledge;
    let by_title = || {
        let suggestions = knowledge.suggest(wanted, call.language(), audience(call));
        let named = suggestions.into_iter().find(|found| found.title.to_lowercase() == wanted.to_lowercase());
        knowledge.article(&named?.article, audience(call))
    };
    let article = knowledge
        .article(&ArticleId(wanted.to_owned()), audience(call))
        .or_else(by_title)
        .ok_or(Mistake::NoSuchArticle)?;
    Ok(Answer::Ephemeral(answer::article(call.language(), &article)))
}
