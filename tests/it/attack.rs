//! Everything that can be used, pressed, chosen, sent in and typed, by everybody who may not.
//!
//! What is tried is made from the commands that the desk has registered and from the words that its custom ids have, so a
//! new command or button is tried without a test of its own. Whatever is tried: it is answered, only the one who
//! tried it sees the answer, nothing of ours fails, what is not theirs stays as it was, and no secret is told.

use std::collections::BTreeSet;

use frontdesk::discord::custom_id::CustomId;
use frontdesk::sandbox::{
    OptionInput, Outcome, Person, RawInteraction, Reaction, SeenCommand, SeenMessage, SeenOption,
};
use frontdesk::store::Database;
use sqlx::Connection as _;

use crate::office::{Acts as _, Company, Office, Opened};

/// Stands in everything that one server alone may read.
const SECRET: &str = "kestrelfeather";
/// Stands in a file's article for staff, of whichever server.
const FOR_STAFF: &str = "wolframbeacon";
/// What our own faults say.
const OUR_FAULT: [&str; 2] = ["went wrong on our side", "auf unserer Seite schief"];
/// What a manager alone changes.
const SETTINGS: [&str; 5] = ["desks", "specialisms", "categories", "digests", "desk_terms"];
/// What staff alone change.
const STAFF: [&str; 5] = ["articles", "article_versions", "duties", "review_reminders", "practice_attempts"];

/// What a text may try to be: a ping, a link that hides where it leads, an end of whatever it stands in, and a word
/// that is read from the right.
const HOSTILE: &str = "@everyone @here <@&BOARD> [click](https://evil.example) ```\u{202e}x || **";

/// A row of the database, as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    table: String,
    /// `column=value`, one a line.
    values: String,
}

impl Row {
    fn has(&self, column: &str, value: i64) -> bool {
        self.values.lines().any(|line| line == format!("{column}={value}"))
    }
}

/// Every row of every table, but for what counts up by itself.
async fn rows(office: &Office) -> BTreeSet<Row> {
    let Database::Sqlite(file) = &office.settings.database else { panic!("the attack is on SQLite") };
    let mut database =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx%'",
    )
    .fetch_all(&mut database)
    .await
    .unwrap();
    let mut rows = BTreeSet::new();
    for table in tables {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut database)
            .await
            .unwrap();
        let values: Vec<_> = columns
            .iter()
            .filter(|column| !column.starts_with("next_"))
            .map(|column| format!("'{column}=' || replace(quote(\"{column}\"), char(10), ' ')"))
            .collect();
        let select = format!("SELECT {} FROM \"{table}\"", values.join(" || char(10) || "));
        let all: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(select)).fetch_all(&mut database).await.unwrap();
        rows.extend(all.into_iter().map(|values| Row { table: table.clone(), values }));
    }
    rows
}

/// What somebody may not change.
#[derive(Clone, Copy, Debug)]
enum Rights {
    /// Of another server: nothing here.
    Elsewhere,
    /// An employee: their own tickets and what they say of answers.
    Employee(i64),
    /// Staff without the right to manage the server: everything but its settings and what others practise.
    Staff(i64),
}

impl Rights {
    /// The rows that were there and are not any more, or are new, and must not be.
    fn wronged<'a>(
        self,
        office: &'a Victim,
        before: &'a BTreeSet<Row>,
        after: &'a BTreeSet<Row>,
    ) -> Vec<&'a Row> {
        let changed = before.symmetric_difference(after);
        changed.filter(|row| !self.may_change(office, row)).collect()
    }

    fn may_change(self, victim: &Victim, row: &Row) -> bool {
        let table = row.table.as_str();
        let of_ticket = victim
            .tickets
            .iter()
            .any(|ticket| row.has(if table == "tickets" { "id" } else { "ticket_id" }, *ticket));
        match self {
            Self::Elsewhere => !of_ticket && !row.has("guild_id", victim.guild) && !row.has("article_id", 1),
            Self::Employee(user) => {
                let is_own = row.has("requester_id", user) || table != "tickets";
                is_own && !of_ticket && !SETTINGS.contains(&table) && !STAFF.contains(&table)
            }
            Self::Staff(user) => {
                let is_own = row.has("user_id", user) || table != "practice_attempts";
                is_own && !SETTINGS.contains(&table)
            }
        }
    }
}

/// A server with something of everything, and a secret in all of it.
struct Victim {
    office: Office,
    guild: i64,
    /// The rows of the tickets that are not the attacker's.
    tickets: Vec<i64>,
    /// The ids that the custom ids of its messages have, with the word of each.
    ids: BTreeSet<(String, String)>,
    commands: Vec<SeenCommand>,
    /// A role that no message of the desk means.
    board: u64,
}

const ARTICLES: [(&str, &str); 3] = [
    (
        "en/vpn.md",
        "---\ntitle: The VPN does not connect\nlang: en\nquestions: [my VPN is down]\n---\nRestart the VPN box.\n",
    ),
    (
        "en/rack.md",
        "---\ntitle: wolframbeacon rack\nlang: en\naudience: staff\n---\nThe rack wolframbeacon is in room 4.\n",
    ),
    ("practice/en/boss-in-a-hurry.md", include_str!("../../kb/practice/en/boss-in-a-hurry.md")),
];

async fn opens(office: &Office, about: &str) -> Opened {
    let ticket = office.opens_ticket(&office.ana, &format!("{SECRET} {about}")).await;
    let note = vec![("text".to_owned(), OptionInput::from(SECRET))];
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.settles().await;
    office.ben.uses(ticket.thread, "ticket note", note).await.unwrap();
    office.settles().await;
    ticket
}

impl Victim {
    async fn open() -> Self {
        let office = Office::start_with_articles(&ARTICLES).await;
        for name in ["Backbone", "Phones"] {
            let options = vec![
                ("name".to_owned(), OptionInput::from(name)),
                ("role".to_owned(), OptionInput::Role(office.second_level.id)),
            ];
            office.dora.uses(office.support, "desk specialism", options).await.unwrap();
        }
        // One in each state: claimed, escalated, accepted, resolved, closed, waiting.
        opens(&office, "the printer on the third floor smokes").await;
        let escalated = opens(&office, "badge refused at the garage door").await;
        let escalate = || {
            vec![
                ("reason".to_owned(), OptionInput::from(SECRET)),
                ("specialism".to_owned(), OptionInput::from("Backbone")),
            ]
        };
        office.ben.uses(escalated.thread, "ticket escalate", escalate()).await.unwrap();
        office.settles().await;
        let accepted = opens(&office, "monitor flickers since the last update").await;
        office.ben.uses(accepted.thread, "ticket escalate", escalate()).await.unwrap();
        office.settles().await;
        let number = accepted.number.trim_start_matches('#').parse().unwrap();
        let number = vec![("number".to_owned(), OptionInput::Integer(number))];
        office.sven.uses(office.queue, "ticket accept", number).await.unwrap();
        for (about, closes) in [("headset without sound", false), ("shared calendar is empty", true)] {
            let solved = opens(&office, about).await;
            office.ben.fills(solved.queue_card, "Resolve", SECRET).await;
            office.settles().await;
            let form =
                office.ben.presses(solved.queue_card, "Save as solution").await.unwrap().expect_modal();
            office.ben.submits(&form, &[]).await.unwrap();
            if closes {
                let solution = office
                    .ana
                    .waits_for(solved.thread, |message| message.button("That works").is_some())
                    .await;
                office.ana.presses(solution.id, "That works").await.unwrap();
            }
            office.settles().await;
        }
        office.opens_ticket(&office.ana, &format!("{SECRET} travel expenses are not paid")).await;
        let practice = vec![("action".to_owned(), OptionInput::from("start"))];
        office.ben.uses(office.support, "desk practice", practice).await.unwrap();
        office.settles().await;
        office.app().desk().write_questions().await;
        let mut victim = Self {
            guild: office.guild.id.cast_signed(),
            tickets: (1..=6).collect(),
            ids: BTreeSet::new(),
            commands: office.dora.commands(office.support),
            board: office.guild.create_role("Board").mentionable(true).id,
            office,
        };
        victim.ids = victim.ids_in_messages();
        for some in ["claim", "accept", "works", "rate", "publish", "practice-ask"] {
            assert!(
                victim.ids.iter().any(|(word, _)| word == some),
                "nothing has {some} in {:?}",
                victim.ids
            );
        }
        victim
    }

    /// The ids in all that the bot shows to people who may press something; and that no word is unknown to the list.
    fn ids_in_messages(&self) -> BTreeSet<(String, String)> {
        let known = CustomId::actions();
        let mut ids = BTreeSet::new();
        for person in [&self.office.ana, &self.office.ben, &self.office.sven, &self.office.dora] {
            for channel in person.sees_channels() {
                for message in person.sees(channel.id) {
                    let buttons = message.buttons.iter().filter_map(|button| button.custom_id.clone());
                    let selects = message.selects.iter().map(|select| select.custom_id.clone());
                    for custom_id in buttons.chain(selects) {
                        let parts: Vec<_> = custom_id.split(':').collect();
                        assert!(known.contains(&parts[1]), "{custom_id} has a word that is in no list");
                        ids.insert((parts[1].to_owned(), parts[2].to_owned()));
                    }
                }
            }
        }
        ids
    }

    /// Everything that can be sent by hand: each word with each id that it has in some message, and with the first ids
    /// of anything; as a button, a select and a form.
    fn forgeries(&self, message: u64) -> Vec<(String, RawInteraction)> {
        let fields = ["subject", "details", "tried", "expected", "text", "title", "questions", "tags"];
        let mut all = Vec::new();
        for word in CustomId::actions() {
            let in_messages = self.ids.iter().filter(|(known, _)| known == word).map(|(_, id)| id.as_str());
            let ids: BTreeSet<&str> = in_messages.chain(["1", "6", "new"]).collect();
            for (id, argument) in ids.iter().flat_map(|id| ["", ":1"].map(|argument| (id, argument))) {
                let custom_id = format!("v1:{word}:{id}{argument}");
                if custom_id.parse::<CustomId>().is_err() {
                    continue;
                }
                let values = ["1", "en/rack"].map(str::to_owned);
                let button = (2, Vec::new());
                let selects = values.map(|value| (3, vec![value]));
                for (kind, values) in std::iter::once(button).chain(selects) {
                    let raw =
                        RawInteraction::Component { message, custom_id: custom_id.clone(), kind, values };
                    all.push((format!("{custom_id} of kind {kind}"), raw));
                }
                let filled = |field: &str| (field.to_owned(), self.hostile_in(&custom_id));
                let mut fields = fields.map(filled).to_vec();
                fields.push(("audience".to_owned(), "everyone".to_owned()));
                let raw = RawInteraction::Modal { custom_id: custom_id.clone(), fields, message: None };
                all.push((format!("the form {custom_id}"), raw));
            }
        }
        all
    }

    fn hostile(&self) -> String {
        HOSTILE.replace("BOARD", &self.board.to_string())
    }

    /// What is put into a form. Articles are Markdown, and a reviewer sees their links.
    fn hostile_in(&self, form: &str) -> String {
        let text = self.hostile();
        if form.starts_with("v1:article") { text.replace("[click](https://evil.example)", "") } else { text }
    }

    /// Nothing that the desk has sent lately does what a hostile text wants.
    fn is_unmoved(&self) {
        let calls = self.office.sandbox.calls();
        self.office.sandbox.forget_calls();
        for call in calls.iter().filter(|call| call.method != "GET") {
            // An answer to an interaction has its message in `data`.
            let message = call.body.get("data").unwrap_or(&call.body);
            if message.get("title").is_some() || message.get("choices").is_some() {
                continue;
            }
            let allowed = message["allowed_mentions"].to_string();
            assert!(!allowed.contains("everyone") && !allowed.contains(&self.board.to_string()), "{call:?}");
            if message.get("content").is_some_and(|content| content != "") {
                assert!(
                    message["allowed_mentions"]["parse"].as_array().is_some_and(Vec::is_empty),
                    "{call:?}"
                );
            }
            let embeds = message["embeds"].as_array().into_iter().flatten();
            let fields = embeds.clone().flat_map(|embed| embed["fields"].as_array().into_iter().flatten());
            let formatted = std::iter::once(&message["content"])
                .chain(embeds.map(|embed| &embed["description"]))
                .chain(fields.map(|field| &field["value"]));
            for text in formatted.filter_map(serde_json::Value::as_str) {
                assert!(!text.contains("[click](https://evil"), "a link that hides where it leads: {text}");
            }
            assert!(
                !message.to_string().contains('\u{202e}'),
                "a text that is read from the right: {call:#?}"
            );
        }
    }

    /// What is given for an option: what the attacked server has.
    fn value(&self, option: &SeenOption, variant: usize) -> Option<OptionInput> {
        let office = &self.office;
        let hostile = self.hostile();
        let texts = ["en/rack", "Backbone", &hostile];
        Some(match option.kind {
            3 if !option.choices.is_empty() => {
                let choice = &option.choices[variant % option.choices.len()];
                OptionInput::from(choice.value.as_str()?)
            }
            3 => OptionInput::from(texts[variant % texts.len()]),
            4 => OptionInput::Integer(i64::try_from(variant).unwrap() % 6 + 1),
            5 => OptionInput::Boolean(variant.is_multiple_of(2)),
            6 => OptionInput::User(office.mia.id()),
            7 => OptionInput::Channel(office.support),
            8 => OptionInput::Role(office.first_level.id),
            11 => {
                OptionInput::Attachment { name: hostile, content_type: None, bytes: b"all is well".to_vec() }
            }
            _ => return None,
        })
    }
}

/// Somebody who tries, and what came of it.
struct Attack<'a> {
    victim: &'a Victim,
    who: &'a Person,
    rights: Rights,
    /// What they must not read.
    secrets: &'a [&'a str],
    channel: u64,
    tried: usize,
}

impl Attack<'_> {
    async fn judge(&mut self, what: &str, reaction: &Reaction) {
        self.tried += 1;
        let who = self.who.name();
        let shown = match &reaction.outcome {
            Outcome::Failed(why) => panic!("{what} by {who} is not answered: {why}"),
            Outcome::Modal(form) => format!("{form:?}"),
            Outcome::DeferredUpdate => String::new(),
            Outcome::Message(message) | Outcome::Updated(message) | Outcome::Deferred(message) => {
                assert!(message.ephemeral, "{what} by {who} is answered for all to see: {message}");
                let is_there = |seen: &SeenMessage| seen.id == message.id && !seen.loading;
                self.who.waits_for(message.channel, is_there).await.to_string()
            }
        };
        self.is_harmless(what, &shown);
    }

    fn is_harmless(&self, what: &str, shown: &str) {
        let who = self.who.name();
        assert!(
            !OUR_FAULT.iter().any(|fault| shown.contains(fault)),
            "{what} by {who} breaks something: {shown}"
        );
        let told = self.secrets.iter().find(|secret| shown.contains(**secret));
        assert!(told.is_none(), "{what} tells {who}: {shown}");
    }

    /// Each command three times with other values, each option that suggests something, and the forms that open.
    async fn uses_every_command(&mut self) {
        for command in self.victim.commands.clone() {
            let name = &command.name;
            if command.kind != 1 {
                let said = self.who.says(self.channel, "my VPN is down").await.unwrap();
                let reaction = self.who.uses_on_message(name, said).await.unwrap();
                self.judge(name, &reaction).await;
                self.sends_the_form(name, reaction).await;
                continue;
            }
            for variant in 0..3 {
                let given =
                    |option: &SeenOption| Some((option.name.clone(), self.victim.value(option, variant)?));
                // All that there is, or what has to be there.
                let some = command.options.iter().filter(|option| option.required || variant != 1);
                let options: Vec<_> = some.filter_map(given).collect();
                let what = format!("/{name} {options:?}");
                match self.who.uses(self.channel, name, options.clone()).await {
                    Ok(reaction) => {
                        self.judge(&what, &reaction).await;
                        self.sends_the_form(&what, reaction).await;
                    }
                    // The client itself refuses what is out of an option's bounds, or not of this server.
                    Err(refused) => {
                        assert!(!refused.sentence.contains("did not respond"), "{what}: {refused}");
                    }
                }
                for option in command.options.iter().filter(|option| option.autocomplete) {
                    let others = options.iter().filter(|(name, _)| *name != option.name).cloned().collect();
                    let typed = ["", "kestrel"][variant % 2];
                    let Ok(choices) = self.who.types(self.channel, name, others, &option.name, typed).await
                    else {
                        continue;
                    };
                    self.tried += 1;
                    self.is_harmless(
                        &format!("typing {typed:?} into {} of /{name}", option.name),
                        &format!("{choices:?}"),
                    );
                }
            }
        }
    }

    /// Fills in a form that opened for them.
    async fn sends_the_form(&mut self, what: &str, reaction: Reaction) {
        let Outcome::Modal(form) = reaction.outcome else { return };
        let fields: Vec<_> = form.fields.iter().filter(|field| field.value.is_empty()).collect();
        let hostile = self.victim.hostile_in(&form.custom_id);
        let filled: Vec<_> = fields
            .iter()
            .filter(|field| field.kind == 4)
            .map(|field| (field.custom_id.as_str(), hostile.as_str()))
            .collect();
        if let Ok(reaction) = self.who.submits(&form, &filled).await {
            self.judge(&format!("the form of {what}"), &reaction).await;
        }
    }

    async fn forges_every_press(&mut self) {
        let mine = self.who.asks(self.channel, "xqzvw").await.id;
        for (what, raw) in self.victim.forgeries(mine) {
            let reaction = self.who.sends_interaction_raw(self.channel, raw).await.unwrap();
            self.judge(&what, &reaction).await;
            if let Some(message) = reaction.message().filter(|message| message.id != mine) {
                let _ = self.who.deletes(message.id).await;
            }
        }
    }

    /// All of it, and then everything that they see anywhere.
    async fn goes_on(mut self) -> usize {
        let office = &self.victim.office;
        let before = rows(office).await;
        self.uses_every_command().await;
        office.settles().await;
        office.app().desk().write_questions().await;
        let after_commands = rows(office).await;
        self.victim.is_unmoved();
        let wronged = self.rights.wronged(self.victim, &before, &after_commands);
        assert!(wronged.is_empty(), "commands of {} changed {wronged:#?}", self.who.name());
        self.forges_every_press().await;
        office.settles().await;
        office.app().desk().write_questions().await;
        let after = rows(office).await;
        self.victim.is_unmoved();
        let wronged = self.rights.wronged(self.victim, &after_commands, &after);
        assert!(wronged.is_empty(), "presses of {} changed {wronged:#?}", self.who.name());
        for channel in self.who.sees_channels() {
            for message in self.who.sees(channel.id) {
                self.is_harmless("what stands in a channel", &message.to_string());
            }
        }
        self.tried
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_changes_nothing_and_is_told_nothing() {
    let victim = Victim::open().await;
    let office = &victim.office;
    let other = Company::open(&office.sandbox, "Elsewhere");
    other.gets_set_up().await;
    for guild in [&office.guild, &other.guild] {
        guild.opens_commands_to_everybody();
    }
    let mia = Rights::Employee(office.mia.id().cast_signed());
    let [bea, olga] = [&office.bea, &office.olga].map(|staff| Rights::Staff(staff.id().cast_signed()));
    let mut tried = 0;
    for (who, rights, secrets, channel) in [
        (&other.ana, Rights::Elsewhere, &[SECRET, FOR_STAFF][..], other.support),
        (&other.ben, Rights::Elsewhere, &[SECRET], other.queue),
        (&other.sven, Rights::Elsewhere, &[SECRET], other.queue),
        (&other.dora, Rights::Elsewhere, &[SECRET], other.queue),
        (&office.mia, mia, &[SECRET, FOR_STAFF], office.support),
        (&office.bea, bea, &[], office.queue),
        (&office.olga, olga, &[], office.queue),
    ] {
        tried += Attack { victim: &victim, who, rights, secrets, channel, tried: 0 }.goes_on().await;
    }
    println!("attack: {tried} inputs of 7 people tried, changed 0, leaked 0");
    assert!(tried > 2_000, "only {tried} inputs were tried");
}
