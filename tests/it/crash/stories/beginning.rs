//! A desk is looked after: set up again, a category, a specialism, duty, opening hours and promises, by which deadlines move.

use frontdesk::sandbox::{OptionInput, SeenMessage};

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const BEGINNING: Story = Story {
    name: "beginning",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 2, |seen| seen.threads()),
        ("messages in the threads", 2, |seen| seen.in_threads("")),
        ("cards in the queue", 2, |seen| seen.in_queue("State")),
        ("messages in the queue", 2, |seen| seen.in_queue("")),
        ("cards that say what it is about", 2, |seen| {
            seen.in_queue("Category: Printing") + seen.in_threads("Category: Printing")
        }),
        ("messages in the support channel", 0, |seen| seen.in_support("")),
    ],
};

async fn before(stage: &Stage) {
    let ticket = stage.opens_ticket(&stage.company.ana, "#1", "xqzvw").await;
    stage.presses(&stage.company.ben, ticket.card, "Claim").await;
}

async fn tell(stage: &Stage) {
    let Company { ana, ben, dora, guild, sven, queue, support, second_level, .. } = &stage.company;
    let (queue, support) = (*queue, *support);
    let set_up = stage.company.set_up_options();
    let saved = stage.insists(dora, "setup", || dora.uses(support, "desk setup", set_up.clone())).await;
    let saved = saved.expect("a command is never gone").expect_message();
    assert!(saved.contains("The desk is open"), "{saved}");
    let category = [("name", "Printing".into()), ("keywords", "toner".into())];
    stage.uses(dora, support, "desk category", &category).await;
    let specialism = [
        ("name", "Printers".into()),
        ("role", OptionInput::Role(second_level.id)),
        ("categories", "Printing".into()),
    ];
    stage.uses(dora, support, "desk specialism", &specialism).await;
    stage.uses(sven, queue, "desk duty", &[("state", "on".into())]).await;
    let promise = [("priority", "P3".into()), ("first_response", "2h".into()), ("resolution", "3d".into())];
    stage.uses(dora, support, "desk sla", &promise).await;
    let hours = [("zone", "Europe/Berlin".into()), ("week", "Mon-Fri 8-16".into())];
    stage.uses(dora, support, "desk hours", &hours).await;

    // What was said is known, once.
    let lists = [
        (dora, "desk category", "Printing"),
        (dora, "desk specialism", "Printers"),
        (ben, "desk duty", "@Sven"),
        (dora, "desk sla", "First response within 2 hours, solution within 3 days"),
        (dora, "desk hours", "Mon-Fri 08:00-16:00"),
    ];
    for (who, command, words) in lists {
        let options = if command == "desk specialism" { vec![("name", words.into())] } else { Vec::new() };
        let list = stage.uses(who, queue, command, &options).await.expect_message();
        assert_eq!(times(&list, words), 1, "{command} says {words} once:\n{list}");
    }
    assert_eq!(guild.threads().len(), 1);
    stage.opens_ticket(ana, "#2", "xqzvw the toner is empty").await;
}

fn times(message: &SeenMessage, words: &str) -> usize {
    message.to_string().lines().filter(|line| line.contains(words)).count()
}
