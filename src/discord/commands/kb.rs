//! `/kb …`: reading, writing and looking after the knowledge base, and **Save as solution** in the menu of a message.

use rand::RngExt;
use serenity::model::channel::Message;

use super::complete::audience;
use crate::desk::{Refusal, Writing};
use crate::discord::call::{Call, Given};
use crate::discord::forms;
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::views::{answer, article as article_views, forms as form_views, knowledge};
use crate::domain::article::{ArticleId, Audience};
use crate::domain::id::MessageId;
use crate::domain::policy::{self, KnowledgeAction};
use crate::knowledge::answer::Question;
use crate::store::{ArticleKey, TicketKey};

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
    shown_article(call, named(call, given, audience(call)).await?).await
}

/// A whole article; staff see its versions beside it.
pub(crate) async fn shown_article(call: &Call<'_>, id: ArticleId) -> Reply {
    let (desk, language) = (&call.cx.desk, call.language());
    let shelf = desk.shelf(call.actor.guild).await;
    let article = desk.knowledge.article(&shelf, id.clone(), audience(call)).await?;
    let article = article.ok_or(Mistake::NoSuchArticle)?;
    let shown = answer::article(language, &article);
    if audience(call) != Audience::Staff {
        return Ok(Answer::Ephemeral(shown));
    }
    let Some(written) = desk.store.desk_article(call.actor.guild, &ArticleKey::Name(id)).await? else {
        return Ok(Answer::Ephemeral(shown));
    };
    let versions = desk.versions(&call.actor, written.id).await?;
    Ok(Answer::Ephemeral(article_views::with_versions(shown, language, &written, &versions)))
}

/// The form of a new article.
pub(super) async fn new(call: &Call<'_>) -> Reply {
    let form = rand::rng().random_range(1..=i64::MAX);
    forms::article(call, Writing::New(form)).await
}

/// The form of an article that is there: of one written on the desk, or of a file's, whose place the edit takes.
pub(super) async fn edit(call: &Call<'_>, given: &Given<'_>) -> Reply {
    let name = named(call, given, audience(call)).await?;
    forms::article(call, Writing::OfFile(name)).await
}

/// What waits for review.
pub(super) async fn review(call: &Call<'_>) -> Reply {
    let waiting = call.cx.desk.waiting_articles(&call.actor).await?;
    Ok(Answer::Ephemeral(article_views::waiting(call.language(), &waiting)))
}

/// The form of an article from a message.
pub(super) async fn save_message(call: &Call<'_>, given: &Given<'_>) -> Reply {
    let message = given.message.ok_or(Mistake::UnknownCommand)?;
    let desk = &call.cx.desk;
    // The bot's own messages in a ticket's thread show a solution between words and buttons; the ticket has it as it was
    // given.
    let by_bot = call.cx.identity().is_some_and(|identity| identity.bot == message.author.id);
    let ticket = if call.place.is_thread && by_bot {
        desk.store.ticket(call.actor.guild, TicketKey::Thread(call.place.channel)).await?
    } else {
        None
    };
    let writing = match ticket {
        Some(ticket) => Writing::OfTicket(ticket.id),
        None => Writing::OfMessage {
            message: MessageId::from_snowflake(message.id.get()),
            channel: call.place.channel,
        },
    };
    let mut prefilled = desk.prefilled(&call.actor, writing).await?;
    if let Writing::OfMessage { .. } = prefilled.writing {
        let said = said(message);
        if prefilled.text.title.is_empty() {
            let first = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
            first.clone_into(&mut prefilled.text.title);
        }
        prefilled.text.body = said;
    }
    Ok(Answer::Form(form_views::article(call.language(), &prefilled)))
}

/// What a message says; for one that has no words of its own, what its first embed says.
fn said(message: &Message) -> String {
    let content = message.content.trim();
    let embed = message.embeds.iter().find_map(|embed| embed.description.clone());
    if content.is_empty() { embed.unwrap_or_default() } else { content.to_owned() }
}

/// The article that is meant: by its title as somebody typed it, or by the name that a suggestion has.
async fn named(call: &Call<'_>, given: &Given<'_>, audience: Audience) -> Result<ArticleId, Failure> {
    let wanted = given.filled("article").ok_or(Refusal::TextMissing)?.trim();
    let shelf = call.cx.desk.shelf(call.actor.guild).await;
    let titled = call.cx.desk.knowledge.find_title(&shelf, wanted, audience)?;
    Ok(titled.unwrap_or_else(|| ArticleId(wanted.to_owned())))
}

/// What nobody could answer, the most asked first.
pub(super) async fn gaps(call: &Call<'_>) -> Reply {
    let gaps = call.cx.desk.gaps(&call.actor, 0).await?;
    Ok(Answer::Ephemeral(knowledge::gaps(call.language(), &gaps)))
}

/// What came of answers; of one article, also what it has learned.
pub(super) async fn stats(call: &Call<'_>, given: &Given<'_>) -> Reply {
    let desk = &call.cx.desk;
    if given.filled("article").is_none() {
        let statistics = desk.statistics(&call.actor, 0).await?;
        return Ok(Answer::Ephemeral(knowledge::statistics(call.language(), &statistics)));
    }
    let id = named(call, given, audience(call)).await?;
    let about = desk.article_lessons(&call.actor, id).await?;
    if about.title.is_none() && about.lessons.is_empty() {
        return Err(Mistake::NoSuchArticle.into());
    }
    let may_forget = policy::check_knowledge(&call.actor, KnowledgeAction::Forget).is_ok();
    Ok(Answer::Ephemeral(knowledge::lessons(call.language(), &about, may_forget)))
}
