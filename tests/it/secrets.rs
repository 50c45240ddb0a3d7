//! Nothing that opens a door is ever printed, however much is logged: by the program itself, and by every desk of the
//! other tests, whose logs are read in `logs.rs`.

use std::collections::BTreeSet;

use frontdesk::sandbox::{OptionInput, Sandbox, SandboxOptions};
use frontdesk::store::Database;
use secrecy::ExposeSecret as _;

use crate::databases::{Fresh, Kind};
use crate::logs::PASSWORD;
use crate::office::{Acts as _, Company};
use crate::program::{Running, frontdesk};

/// The tokens of all interactions and webhooks that the program called with.
fn tokens(sandbox: &Sandbox) -> BTreeSet<String> {
    let calls = sandbox.calls();
    let token = |path: &str| {
        let parts: Vec<_> = path.trim_start_matches('/').split('/').collect();
        match parts.as_slice() {
            ["interactions" | "webhooks", _, token, ..] => Some((*token).to_owned()),
            _ => None,
        }
    };
    calls.iter().filter_map(|call| token(&call.path)).collect()
}

/// A ticket from the question to its end, and some that goes wrong, with everything logged that can be.
#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_printed_at_any_level() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let Database::Postgres(address) = &fresh.database else { unreachable!("asked for PostgreSQL") };
    let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let company = Company::open(&sandbox, "Nordlicht");
    let data = tempfile::tempdir().unwrap();
    let mut command = frontdesk();
    command
        .arg("run")
        .env("RUST_LOG", "trace")
        .env("NO_COLOR", "1")
        .env("DISCORD_TOKEN", sandbox.token())
        .env("FRONTDESK_DISCORD_URL", sandbox.origin())
        .env("FRONTDESK_DATA", data.path())
        .env("DATABASE_URL", address.expose_secret());
    let mut desk = Running::start(command);
    sandbox.bot_is_ready().await;
    let Company { ana, ben, sven, support, queue, .. } = &company;
    ana.wait_until(|| (!ana.commands(*support).is_empty()).then_some(())).await.unwrap();
    company.gets_set_up().await;
    let bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let file = OptionInput::Attachment { name: "error.png".to_owned(), content_type: None, bytes };
    let options =
        vec![("question".to_owned(), "my VPN does not connect".into()), ("attachment".to_owned(), file)];
    let answer = ana.uses(*support, "support", options).await.unwrap().expect_message();
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    ana.submits(&form, &[]).await.unwrap();
    let card = ben.waits_for(*queue, |message| message.button("Claim").is_some()).await.id;
    let thread = ana.waits_for_thread("#1 ").await.id;
    let posted = ana.waits_for(thread, |message| !message.attachments.is_empty()).await;
    // Calls that fail, so that errors are logged as well.
    for route in [frontdesk::sandbox::Route::EditMessage, frontdesk::sandbox::Route::CreateMessage] {
        sandbox.plan(route, frontdesk::sandbox::Fault::Fail { status: 500, code: 0 }, 2);
    }
    ben.presses(card, "Claim").await.unwrap();
    ben.fills(card, "Escalate", "Restarted.").await;
    let packet = sven.waits_for(*queue, |message| message.button("Accept").is_some()).await;
    sven.presses(packet.id, "Accept").await.unwrap();
    sandbox.drop_after(frontdesk::sandbox::Route::InteractionCallback);
    let _ = ana.runs(*support, "support", &[("question", "printer is offline")]).await;
    let (code, _) = desk.terminate();
    let said = desk.says_to_its_end();
    assert_eq!(code, Some(0), "{said}");

    let tokens = tokens(&sandbox);
    assert!(tokens.len() >= 6, "{tokens:?}");
    assert!(said.contains("DEBUG ") && said.contains("frontdesk"), "nothing much is logged: {said}");
    // Whoever has a file's signed address has the file: the one that came with the question, which the card linked to, and
    // the one in the thread.
    let calls = sandbox.calls().iter().map(|call| call.body.to_string()).collect::<String>();
    let addresses = calls + &posted.attachments[0].url;
    let signatures: BTreeSet<String> =
        addresses.split("hm=").skip(1).map(|rest| rest.chars().take(64).collect()).collect();
    assert!(signatures.len() >= 2, "{signatures:?}");
    let secrets = tokens.iter().chain(&signatures).map(String::as_str).chain([PASSWORD, sandbox.token()]);
    let mut tried = 0;
    for secret in secrets {
        let line = said.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is printed: {line:?}");
        tried += 1;
    }
    println!("secrets: {tried} looked for in {} lines, printed 0", said.lines().count());
}
