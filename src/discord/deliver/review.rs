//! Deliveries about articles written on the desk.

use serenity::model::id::ChannelId;

use super::messenger::Messenger;
use super::{channel, give_up, later, posted};
use crate::desk::{ReviewSheet, SetUp};
use crate::discord::views;
use crate::domain::id::DeskArticleId;
use crate::domain::job::Job;
use crate::jobs::Failure;

/// Delivers a job about an article.
pub(super) async fn deliver(messenger: &Messenger<'_>, id: DeskArticleId, job: &Job) -> Result<(), Failure> {
    let desk = &messenger.cx.desk;
    let Some(sheet) = desk.review_sheet(id).await.map_err(later)? else {
        return Err(give_up("its article is gone"));
    };
    let Some(set_up) = desk.set_up(sheet.article.guild).await? else {
        return Err(give_up("its desk is gone"));
    };
    match job {
        Job::ShowReview => show_review(messenger, &sheet, &set_up).await,
        Job::TellAuthor => {
            let queue = channel(set_up.settings.queue_channel);
            messenger.post(queue, views::decided(&sheet.article, &set_up)).await.map(drop)
        }
        _ => Err(give_up("it is about no article")),
    }
}

/// Posts the card, once, or brings the one that is there up to date.
async fn show_review(messenger: &Messenger<'_>, sheet: &ReviewSheet, set_up: &SetUp) -> Result<(), Failure> {
    let view = views::review_card(sheet, set_up);
    if let Some(card) = sheet.article.card {
        return messenger.edit(channel(card.channel), card.message, view).await.map(drop);
    }
    // An owner may be no member of second level, and so may not see its channel.
    let default = set_up.specialisms.iter().find(|specialism| specialism.name.is_none());
    let place = match (sheet.article.newest.content.owner_account(), default) {
        (None, Some(default)) => default.packet_channel(&set_up.settings),
        _ => set_up.settings.queue_channel,
    };
    let channel_id: ChannelId = channel(place);
    let card = messenger.post(channel_id, view).await?;
    Ok(messenger.cx.desk.review_posted(sheet.article.id, posted(place, card)).await?)
}
