//! Buttons, selects and forms about articles: on the card of a review, beside a whole article, and the form itself.

use crate::desk::Refusal;
use crate::desk::{ArticleText, Writing};
use crate::discord::call::{Call, Filled};
use crate::discord::commands::shown_article;
use crate::discord::custom_id::{ArticleForm, ArticlePress};
use crate::discord::forms;
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::views::{self, article as article_views, forms as form_views};
use crate::domain::article::{ArticleId, Audience};
use crate::domain::desk_article::DeskArticle;
use crate::domain::id::{DeskArticleId, MessageId, QuestionId, TicketId};
use crate::store::ArticleKey;

/// A button, or a choice, about an article.
pub(super) async fn pressed(
    call: &Call<'_>,
    press: ArticlePress,
    id: DeskArticleId,
    version: u32,
    chosen: &[String],
) -> Reply {
    let (desk, actor, read) = (&call.cx.desk, &call.actor, i64::from(version));
    match press {
        ArticlePress::Publish => on_review(call, desk.publish(actor, id, read).await?).await,
        ArticlePress::Edit => forms::article(call, Writing::Edit(id)).await,
        ArticlePress::Discard => {
            let article = desk.may_review(actor, id, read).await?;
            Ok(Answer::Form(form_views::discarding(call.language(), &article)))
        }
        ArticlePress::Withdraw => {
            let withdrawn = desk.withdraw(actor, id).await?;
            Ok(Answer::Update(views::View::text(crate::text::article_withdrawn(
                call.language(),
                views::words::plain(&withdrawn.newest.content.title),
            ))))
        }
        ArticlePress::Versions => {
            let number: i64 =
                chosen.first().and_then(|chosen| chosen.parse().ok()).ok_or(Mistake::UnknownButton)?;
            let article = desk.own_article(actor, &ArticleKey::Id(id)).await?;
            let versions = desk.versions(actor, id).await?;
            let version = versions.iter().find(|version| version.number == number);
            let version = version.ok_or(Refusal::NoSuchArticle)?;
            let is_newest = version.number == article.newest.number;
            Ok(Answer::Ephemeral(article_views::version(call.language(), id, version, is_newest)))
        }
        ArticlePress::Restore => {
            let restored = desk.restore(actor, id, read).await?;
            let title = views::words::plain(&restored.newest.content.title);
            Ok(Answer::Update(views::View::text(crate::text::article_saved(call.language(), title))))
        }
    }
}

/// The reason for turning a version down was sent.
pub(super) async fn discard_sent(
    call: &Call<'_>,
    id: DeskArticleId,
    version: u32,
    filled: &Filled<'_>,
) -> Reply {
    let reason = Some(filled.text(form_views::TEXT));
    let discarded = call.cx.desk.discard(&call.actor, id, i64::from(version), reason).await?;
    on_review(call, discarded).await
}

/// An article was chosen from those that say nearly the same.
pub(super) async fn show(call: &Call<'_>, chosen: &[String]) -> Reply {
    let name = chosen.first().ok_or(Mistake::UnknownButton)?;
    shown_article(call, ArticleId(name.clone())).await
}

/// The form of an article was sent.
pub(super) async fn sent(call: &Call<'_>, form: ArticleForm, id: i64, filled: &Filled<'_>) -> Reply {
    let writing = match form {
        ArticleForm::New => Writing::New(id),
        ArticleForm::OfTicket => Writing::OfTicket(TicketId(id)),
        ArticleForm::OfMessage => Writing::OfMessage { message: MessageId(id), channel: call.place.channel },
        ArticleForm::Edit => Writing::Edit(DeskArticleId(id)),
        ArticleForm::OfFile => Writing::OfFile(file_named(call, id)?),
        ArticleForm::OfGap => Writing::OfGap(QuestionId(id)),
    };
    let given = ArticleText {
        title: filled.text(form_views::TITLE).to_owned(),
        body: filled.text(form_views::TEXT).to_owned(),
        questions: filled.text(form_views::QUESTIONS).to_owned(),
        tags: filled.text(form_views::TAGS).to_owned(),
        audience: audience(filled.text(form_views::AUDIENCE)),
    };
    let saved = call.cx.desk.save_article(&call.actor, writing, &given).await?;
    Ok(Answer::Ephemeral(article_views::saved(call.language(), &saved)))
}

/// What people write into the field. Whatever is not clearly for everyone is for staff, because a mistake the other way
/// could not be taken back.
fn audience(given: &str) -> Audience {
    let given = given.trim().to_lowercase();
    let everyone = ["", "everyone", "all", "everybody", "alle", "allen", "jeder"];
    if everyone.contains(&given.as_str()) { Audience::Everyone } else { Audience::Staff }
}

/// The file's article that a form was opened for: a custom id is too short for a name.
fn file_named(call: &Call<'_>, code: i64) -> Result<ArticleId, Failure> {
    call.cx.desk.knowledge.file_article_with(code).ok_or_else(|| Refusal::NoSuchArticle.into())
}

/// On the card that was pressed, as it is now.
async fn on_review(call: &Call<'_>, article: DeskArticle) -> Reply {
    let sheet = call.cx.desk.sheet(article).await?;
    let view = views::review_card(&sheet, call.set_up()?);
    Ok(if call.pressed.is_some_and(|pressed| !pressed.is_ephemeral) {
        Answer::Card(view)
    } else {
        Answer::Ephemeral(view)
    })
}
