//! Under the figures, the gaps and the lessons of the knowledge base.

use crate::desk::{Forgetting, Writing};
use crate::discord::call::Call;
use crate::discord::custom_id::Overview;
use crate::discord::forms;
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::knowledge as views;
use crate::domain::id::{LessonId, QuestionId};

/// Another page, in the place of the one before.
pub(super) async fn overview(call: &Call<'_>, overview: Overview, page: u32) -> Reply {
    let (desk, page) = (&call.cx.desk, usize::try_from(page).unwrap_or(usize::MAX));
    Ok(Answer::Update(match overview {
        Overview::Gaps => views::gaps(call.language(), &desk.gaps(&call.actor, page).await?),
        Overview::Statistics => {
            views::statistics(call.language(), &desk.statistics(&call.actor, page).await?)
        }
    }))
}

/// A group of questions was chosen to be written about.
pub(super) async fn write(call: &Call<'_>, chosen: &[String]) -> Reply {
    let id = chosen.first().and_then(|chosen| chosen.parse().ok()).ok_or(Mistake::UnknownButton)?;
    forms::article(call, Writing::OfGap(QuestionId(id))).await
}

/// A lesson was chosen to be taken back.
pub(super) async fn forget(call: &Call<'_>, chosen: &[String]) -> Reply {
    let id = chosen.first().and_then(|chosen| chosen.parse().ok()).ok_or(Mistake::UnknownButton)?;
    forgotten(call, Forgetting::One(LessonId(id))).await
}

/// Everything about an article is to be taken back.
pub(super) async fn forget_all(call: &Call<'_>, lesson: LessonId) -> Reply {
    forgotten(call, Forgetting::ArticleOf(lesson)).await
}

async fn forgotten(call: &Call<'_>, what: Forgetting) -> Reply {
    let left = call.cx.desk.forget(&call.actor, what).await?;
    Ok(Answer::Update(views::lessons(call.language(), &left, true)))
}
