//! Deciding about what was written: second level, managers, or the article's owner.
//!
//! A decision names the version that was read, so that nobody publishes what somebody changed in between. Publishing
//! is live in this process when it returns, and in every other within a second.

use super::learn::learn_from_ticket;
use super::write::Alike;
use super::{Desk, DeskError, Refusal, TEXT_MAX, optional_text};
use crate::domain::actor::Actor;
use crate::domain::article::Audience;
use crate::domain::desk_article::{DeskArticle, Review, Version};
use crate::domain::id::DeskArticleId;
use crate::domain::job::{Job, Lane, Say};
use crate::domain::policy::{self, ArticleAction};
use crate::domain::ticket::Ticket;
use crate::store::{ArticleKey, StoreError, TicketKey, Tx};

/// How many articles are listed that wait for review.
const WAITING_MAX: i64 = 25;
/// How many versions are offered; as many as a select holds.
const VERSIONS_MAX: i64 = 25;

/// All that a reviewer needs to read.
#[derive(Clone, Debug)]
pub struct ReviewSheet {
    /// The article with its newest version.
    pub article: DeskArticle,
    /// Articles that say nearly the same.
    pub alike: Vec<Alike>,
    /// The ticket it was written from.
    pub ticket: Option<Ticket>,
    /// Whether it stands, or would stand, in the place of a file's article.
    pub instead_of_file: bool,
}

impl Desk {
    /// Makes the version that was read live, and tells its author and whoever asked.
    pub async fn publish(
        &self,
        actor: &Actor,
        id: DeskArticleId,
        read: i64,
    ) -> Result<DeskArticle, DeskError> {
        let now = self.clock.now();
        // Read before the article is locked; of a ticket, neither its question nor its requester ever changes.
        let written = self.store.desk_article(actor.guild, &ArticleKey::Id(id)).await?;
        let ticket = match written.and_then(|article| article.ticket) {
            Some(ticket) => self.store.ticket(actor.guild, TicketKey::Id(ticket)).await?,
            None => None,
        };
        let (mut tx, article) = self.reviewing(actor, id).await?;
        let published = article.publish(actor.user, read, now).map_err(Refusal::from)?;
        tx.save_article(&published).await?;
        tx.raise_shelf_revision(actor.guild, now).await?;
        for job in [Job::ShowReview, Job::TellAuthor] {
            tx.enqueue(actor.guild, Lane::Article(id), &job, now).await?;
        }
        // What only staff may read is not told to the requester.
        let content = &published.newest.content;
        if let (Some(ticket), Audience::Everyone) = (ticket, content.audience) {
            let what = Say::Documented { title: content.title.clone() };
            tx.enqueue(actor.guild, Lane::Ticket(ticket.id), &Job::Say { what }, now).await?;
            learn_from_ticket(&mut tx, &ticket, std::slice::from_ref(&content.id), now).await?;
        }
        tx.commit().await?;
        self.renew_shelf(actor.guild).await;
        Ok(published)
    }

    /// Turns the version that was read down, and tells its author.
    pub async fn discard(
        &self,
        actor: &Actor,
        id: DeskArticleId,
        read: i64,
        reason: Option<&str>,
    ) -> Result<DeskArticle, DeskError> {
        let reason = optional_text(reason, TEXT_MAX)?;
        let now = self.clock.now();
        let (mut tx, article) = self.reviewing(actor, id).await?;
        let discarded = article.discard(actor.user, read, reason, now).map_err(Refusal::from)?;
        tx.save_article(&discarded).await?;
        for job in [Job::ShowReview, Job::TellAuthor] {
            tx.enqueue(actor.guild, Lane::Article(id), &job, now).await?;
        }
        tx.commit().await?;
        Ok(discarded)
    }

    /// Takes an article back that people are answered from. A file's article that it stood in for is there again.
    pub async fn withdraw(&self, actor: &Actor, id: DeskArticleId) -> Result<DeskArticle, DeskError> {
        let now = self.clock.now();
        let (mut tx, article) = self.reviewing(actor, id).await?;
        let withdrawn = article.withdraw(actor.user, now).map_err(Refusal::from)?;
        tx.save_article(&withdrawn).await?;
        tx.raise_shelf_revision(actor.guild, now).await?;
        tx.enqueue(actor.guild, Lane::Article(id), &Job::ShowReview, now).await?;
        tx.commit().await?;
        self.renew_shelf(actor.guild).await;
        Ok(withdrawn)
    }

    /// Brings an earlier version back, as a new one that goes to review.
    pub async fn restore(
        &self,
        actor: &Actor,
        id: DeskArticleId,
        number: i64,
    ) -> Result<DeskArticle, DeskError> {
        policy::check_article(actor, ArticleAction::Write, None).map_err(Refusal::from)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let article =
            tx.lock_article(actor.guild, &ArticleKey::Id(id)).await?.ok_or(Refusal::NoSuchArticle)?;
        let earlier = tx.article_version(id, number).await?.ok_or(Refusal::NoSuchArticle)?;
        let restored = article.revise(actor.user, earlier.content, now);
        tx.add_article_version(id, &restored.newest).await?;
        tx.save_article(&restored).await?;
        tx.enqueue(actor.guild, Lane::Article(id), &Job::ShowReview, now).await?;
        tx.commit().await?;
        Ok(restored)
    }

    /// Whether the actor may decide about the version that was read: asked before a form is shown.
    pub async fn may_review(
        &self,
        actor: &Actor,
        id: DeskArticleId,
        read: i64,
    ) -> Result<DeskArticle, DeskError> {
        let article = self.own_article(actor, &ArticleKey::Id(id)).await?;
        let owner = article.newest.content.owner_account();
        policy::check_article(actor, ArticleAction::Review, owner).map_err(Refusal::from)?;
        // Asked of a copy: only what it would say is of interest.
        article.clone().discard(actor.user, read, None, self.clock.now()).map_err(Refusal::from)?;
        Ok(article)
    }

    /// What waits for review, the longest waiting first. Staff only.
    pub async fn waiting_articles(&self, actor: &Actor) -> Result<Vec<DeskArticle>, DeskError> {
        policy::check_article(actor, ArticleAction::Write, None).map_err(Refusal::from)?;
        Ok(self.store.waiting_articles(actor.guild, WAITING_MAX).await?)
    }

    /// An article that was written on this server's desk. Staff only.
    pub async fn own_article(&self, actor: &Actor, key: &ArticleKey) -> Result<DeskArticle, DeskError> {
        policy::check_article(actor, ArticleAction::Write, None).map_err(Refusal::from)?;
        Ok(self.store.desk_article(actor.guild, key).await?.ok_or(Refusal::NoSuchArticle)?)
    }

    /// Its latest versions, newest first. Staff only.
    pub async fn versions(&self, actor: &Actor, id: DeskArticleId) -> Result<Vec<Version>, DeskError> {
        policy::check_article(actor, ArticleAction::Write, None).map_err(Refusal::from)?;
        Ok(self.store.article_versions(actor.guild, id, VERSIONS_MAX).await?)
    }

    /// What a reviewer reads. `None` when there is no such article.
    pub async fn review_sheet(&self, id: DeskArticleId) -> Result<Option<ReviewSheet>, DeskError> {
        let Some(article) = self.store.desk_article_of_job(id).await? else { return Ok(None) };
        Ok(Some(self.sheet(article).await?))
    }

    /// The same for an article at hand.
    pub async fn sheet(&self, article: DeskArticle) -> Result<ReviewSheet, DeskError> {
        let alike = match article.review {
            Review::Waiting { .. } => {
                self.alike(&article.newest.content, article.guild).await.map_err(DeskError::Knowledge)?
            }
            // Who has decided needs no warning any more.
            Review::Published { .. } | Review::Discarded { .. } | Review::Withdrawn { .. } => Vec::new(),
        };
        let ticket = match article.ticket {
            Some(ticket) => self.store.ticket_of_job(ticket).await?,
            None => None,
        };
        let instead_of_file = self.is_of_file(article.name()).await?;
        Ok(ReviewSheet { article, alike, ticket, instead_of_file })
    }

    async fn reviewing(&self, actor: &Actor, id: DeskArticleId) -> Result<(Tx, DeskArticle), DeskError> {
        let mut tx = self.store.begin().await?;
        let article =
            tx.lock_article(actor.guild, &ArticleKey::Id(id)).await?.ok_or(Refusal::NoSuchArticle)?;
        let owner = article.newest.content.owner_account();
        policy::check_article(actor, ArticleAction::Review, owner).map_err(Refusal::from)?;
        Ok((tx, article))
    }

    /// Remembers the card on which an article is reviewed.
    pub async fn review_posted(
        &self,
        id: DeskArticleId,
        card: crate::domain::job::Posted,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.article_card_posted(id, card).await?;
        tx.commit().await
    }
}
