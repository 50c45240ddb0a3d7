//! What no number of tries helps: it ends as a dead letter and never in a loop, people are answered all the same, and what
//! can be made up for is, an hour later.

use std::time::Duration;

use frontdesk::sandbox::{Route, SeenMessage};

use crate::office::{Acts as _, Office};

/// Refusals of the calls that show a new ticket, by their order.
const REFUSALS: [(Route, u16, u64); 6] = [
    (Route::CreateThread, 403, 50001),
    (Route::CreateThread, 403, 50013),
    (Route::CreateThread, 404, 10003),
    (Route::CreateMessage, 403, 50001),
    (Route::CreateMessage, 403, 50013),
    (Route::CreateMessage, 400, 50035),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_good_is_a_dead_letter_and_no_loop_and_made_up_for_later() {
    for (route, status, code) in REFUSALS {
        let office = Office::start().await;
        office.sandbox.fail_next(route, status, code);
        let answer = office.ana.asks(office.support, "xqzvw").await;
        let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
        let told = office.ana.submits(&form, &[]).await.unwrap().expect_message();
        assert!(told.contains("#1"), "confirmed all the same: {told}");
        office.ben.waits_for(office.queue, |message| message.contains("#1 ")).await;
        office.settles().await;
        let dead = office.dead_letters().await;
        assert!(dead.iter().any(|letter| letter.contains(&code.to_string())), "{code}: {dead:?}");
        assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new(), "{route:?} {code}: no loop");
        office.pass(Duration::from_hours(1));
        let thread = office.ana.waits_for_thread("#1 ").await;
        office.ana.waits_for(thread.id, |message| message.button("Claim").is_some()).await;
        office.settles().await;
        let cards = |channel| {
            let is_card = |message: &SeenMessage| message.from_bot && message.button("Claim").is_some();
            office.ben.sees(channel).into_iter().filter(is_card).count()
                + office.ana.sees(channel).into_iter().filter(is_card).count()
        };
        assert_eq!((cards(office.queue), cards(thread.id)), (1, 1), "{route:?} {code}");
        assert_eq!(office.guild.threads(), [thread.id], "{route:?} {code}");
        assert_eq!(office.dead_letters().await, Vec::<String>::new(), "{route:?} {code}");
        assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new(), "{route:?} {code}");
    }
    eprintln!("refused for good: {} refusals, loops 0, lost 0, doubled 0", REFUSALS.len());
}
