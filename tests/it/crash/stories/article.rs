//! What solved a ticket becomes an article that answers the next person who asks; also what solved one that is closed.

use frontdesk::sandbox::SeenMessage;

use crate::crash::stage::{Stage, Ticket};
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const ARTICLE: Story = Story {
    name: "an article",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 2, |seen| seen.threads()),
        // What is said about a closed ticket leaves its thread closed.
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("cards of reviews", 2, |seen| seen.in_queue("Article for review")),
        ("cards that say who published it", 2, |seen| seen.in_queue("Published by @Sven")),
        ("pings of who may review", 2, |seen| seen.pings(&seen.stage.company.olga, "Article for review")),
        ("words to the author", 2, |seen| seen.in_queue("is published by @Sven")),
        ("pings of the author", 2, |seen| seen.pings(&seen.stage.company.ben, "is published by @Sven")),
        ("words to the requesters", 2, |seen| seen.in_threads("has become an article")),
        // Two cards, two reviews, two words to the author, and the transcript of the closed one.
        ("messages in the queue", 7, |seen| seen.in_queue("")),
        // Two cards, two solutions, two words about the articles.
        ("messages in the threads", 6, |seen| seen.in_threads("")),
    ],
};

const SOLUTIONS: [&str; 2] = ["Hold the blue key for ten seconds.", "Turn the crank three times."];

async fn before(stage: &Stage) {
    let Company { ana, ben, queue, support, .. } = &stage.company;
    for ((number, question), solution) in
        [(1, "The zorgmeter shows E77"), (2, "The quibbler does not hum")].into_iter().zip(SOLUTIONS)
    {
        let ticket = stage.opens_ticket(ana, &format!("#{number}"), question).await;
        stage.presses(ben, ticket.card, "Claim").await;
        let solve = [("solution", solution.into()), Stage::number(number)];
        stage.uses(ben, *queue, "ticket resolve", &solve).await;
        let is_asked = |message: &SeenMessage| message.button("That works").is_some();
        let solution = stage.waits(ana, ticket.thread, is_asked).await.id;
        if number == 2 {
            stage.presses(ana, solution, "That works").await;
            stage.waits(ana, *support, |message| message.button("Reopen").is_some()).await;
        }
    }
}

async fn tell(stage: &Stage) {
    for (mark, solution, words) in
        [("#1 ", SOLUTIONS[0], "the zorgmeter shows E77"), ("#2 ", SOLUTIONS[1], "the quibbler does not hum")]
    {
        becomes_an_article(stage, &stage.ticket(mark), solution).await;
        answers(stage, words, solution).await;
    }
}

async fn becomes_an_article(stage: &Stage, ticket: &Ticket, solution: &str) {
    let Company { ben, sven, queue, .. } = &stage.company;
    // All is filled in.
    stage.fills(ben, ticket.card, "Save as solution", &[]).await;
    let is_review = |message: &SeenMessage| message.contains(solution) && message.button("Publish").is_some();
    let review = stage.waits(sven, *queue, is_review).await.id;
    stage.presses(sven, review, "Publish").await;
    stage.shows(review, &["Published by @Sven"]).await;
}

/// Mia asks, and reads it.
async fn answers(stage: &Stage, question: &str, solution: &str) {
    let Company { mia, support, .. } = &stage.company;
    let answer =
        stage.uses(mia, *support, "support", &[("question", question.into())]).await.expect_message();
    assert!(answer.contains(solution), "what is published answers at once: {answer}");
}
