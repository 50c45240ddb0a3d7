//! A desk and a ticket for the tests of views, and a message as text to read.

use serde_json::Value;

use super::View;
use crate::desk::{Packet, SetUp};
use crate::domain::article::{ArticleId, Language};
use crate::domain::assessment::Assessment;
use crate::domain::category::Category;
use crate::domain::desk::{DeskPeople, DeskSettings, Specialism};
use crate::domain::duty::Callees;
use crate::domain::event::{Event, HandOver, What};
use crate::domain::id::{
    CategoryId, ChannelId, EscalationId, GuildId, MessageId, RoleId, SpecialismId, TicketId, TicketNumber,
    UserId,
};
use crate::domain::job::Say;
use crate::domain::kept::Kept;
use crate::domain::ladder::Climb;
use crate::domain::question::{Attachment, Offered};
use crate::domain::schedule::Terms;
use crate::domain::ticket::{Escalation, Places, Priority, Status, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::watch::Watch;

/// Who asks.
pub(crate) const MIA: UserId = UserId(7);
/// A first-level agent.
pub(crate) const ANA: UserId = UserId(8);
/// A specialist.
pub(crate) const NIKO: UserId = UserId(9);

/// Seconds after some point in time.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp(1_000_000_000 + seconds * 1000)
}

/// What the desk says while nobody of first level is on duty.
pub(crate) fn say(say: &Say, ticket: &Ticket, set_up: &SetUp) -> View {
    super::say(say, ticket, set_up, &Callees::Role(set_up.settings.first_level))
}

/// A desk with the default specialism and a named one.
pub(crate) fn set_up(language: Language) -> SetUp {
    SetUp {
        settings: DeskSettings {
            guild: GuildId(1),
            support_channel: ChannelId(10),
            queue_channel: ChannelId(11),
            first_level: RoleId(21),
            second_level: RoleId(22),
            language,
        },
        specialisms: vec![
            Specialism::new(SpecialismId(1), None, RoleId(22)),
            Specialism {
                channel: Some(ChannelId(12)),
                ..Specialism::new(SpecialismId(2), Some("Network".to_owned()), RoleId(23))
            },
        ],
        categories: vec![
            Category {
                id: CategoryId(1),
                name: "network".to_owned(),
                german: Some("Netzwerk".to_owned()),
                keywords: vec!["vpn".to_owned()],
                priority: None,
            },
            Category {
                id: CategoryId(2),
                name: "Access".to_owned(),
                german: None,
                keywords: Vec::new(),
                priority: Some(Priority::P2),
            },
        ],
        people: DeskPeople { vip: None, admin: Some(UserId(6)) },
        terms: Terms::default(),
    }
}

/// A ticket in the queue.
pub(crate) fn ticket() -> Ticket {
    Ticket {
        id: TicketId(500),
        guild: GuildId(1),
        number: TicketNumber(12),
        requester: MIA,
        requester_name: "Mia".to_owned(),
        language: Language::De,
        subject: "VPN drops *every* hour".to_owned(),
        details: Some("Since Monday.\n@everyone help".to_owned()),
        question: Some("Why does my VPN drop?".to_owned()),
        offered: vec![Offered {
            article: ArticleId("en/vpn-drops".to_owned()),
            title: "VPN drops after an hour".to_owned(),
        }],
        files: vec![Attachment {
            name: "screen [1].png".to_owned(),
            url: "https://cdn.example/a.png?ex=1".to_owned(),
            size: 1024,
            fate: None,
        }],
        category: Some("network".to_owned()),
        priority: Priority::P2,
        assessment: Assessment::default(),
        status: Status::Queued,
        since: at(0),
        opened_at: at(0),
        first_response_at: None,
        resolved_at: None,
        due_at: Some(at(3600)),
        bounces: 0,
        reopened: 0,
        ladder: Climb::default(),
        watch: Watch::default(),
        places: Places {
            thread: Some(ChannelId(30)),
            thread_card: Some(MessageId(40)),
            queue_card: Some(MessageId(41)),
            queue_channel: Some(ChannelId(11)),
        },
        kept: Kept::default(),
    }
}

/// The escalation of [`packet`].
pub(crate) fn escalation() -> Escalation {
    Escalation { id: EscalationId(3), specialism: SpecialismId(2), by: ANA }
}

/// An escalation that nobody has accepted yet.
pub(crate) fn packet() -> Packet {
    let specialism = set_up(Language::En).specialisms.remove(1);
    let ladder = Climb { steps: 1, next_at: Some(at(1020)) };
    let event = |seconds, by, what| Event { at: at(seconds), by: Some(by), what };
    Packet {
        ticket: Ticket { status: Status::Escalated(escalation()), since: at(120), ladder, ..ticket() },
        hand_over: HandOver {
            id: EscalationId(3),
            ticket: TicketId(500),
            specialism: SpecialismId(2),
            by: ANA,
            tried: Some("Reinstalled the client".to_owned()),
            expected: None,
            at: at(120),
            packet: None,
        },
        callees: Callees::Role(specialism.role),
        specialism,
        events: vec![
            event(0, MIA, What::Opened),
            event(60, ANA, What::Claimed),
            event(90, ANA, What::Noted { text: "Only on **Wi-Fi**".to_owned() }),
            event(120, ANA, What::Escalated { escalation: EscalationId(3), specialism: SpecialismId(2) }),
        ],
    }
}

/// A message as one reads it, from the JSON that Discord gets.
pub(crate) fn seen(view: &View) -> String {
    let message = view.json();
    let mut lines = Vec::new();
    if let Some(content) = message["content"].as_str() {
        lines.push(content.to_owned());
    }
    let pings: Vec<_> = ["users", "roles"]
        .into_iter()
        .flat_map(|kind| items(&message["allowed_mentions"][kind]))
        .map(|id| text(id).to_owned())
        .collect();
    lines.push(format!("pings: {}", if pings.is_empty() { "nobody".to_owned() } else { pings.join(" ") }));
    for embed in items(&message["embeds"]) {
        lines.push(format!("== {}", text(&embed["title"])));
        lines.push(text(&embed["description"]).to_owned());
        for field in items(&embed["fields"]) {
            lines.push(format!("{}: {}", text(&field["name"]), text(&field["value"])));
        }
        lines.push(format!("-- {}", text(&embed["footer"]["text"])));
    }
    for component in items(&message["components"]).flat_map(|row| items(&row["components"])) {
        let options = items(&component["options"])
            .map(|option| format!("{}={}", text(&option["value"]), text(&option["label"])));
        let options: Vec<_> = options.collect();
        let label = component["label"].as_str().or(component["placeholder"].as_str()).unwrap_or_default();
        lines.push(format!("[{label}] {} {}", text(&component["custom_id"]), options.join(" | ")));
    }
    let lines = lines.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty() && *line != "--");
    // An invisible sign is shown, because it is there for a reason.
    lines.collect::<Vec<_>>().join("\n").replace('\u{200B}', "{zwsp}")
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Discord's limits for a message; says which one is broken.
pub(crate) fn assert_within_limits(view: &View) {
    let message = view.json();
    let length = |value: &Value| text(value).chars().count();
    assert!(length(&message["content"]) <= 2000, "content");
    assert!(items(&message["embeds"]).count() <= 10, "embeds");
    let mut total = 0;
    for embed in items(&message["embeds"]) {
        assert!(length(&embed["title"]) <= 256, "title");
        assert!(length(&embed["description"]) <= 4096, "description");
        assert!(items(&embed["fields"]).count() <= 25, "fields");
        total += length(&embed["title"]) + length(&embed["description"]) + length(&embed["footer"]["text"]);
        for field in items(&embed["fields"]) {
            assert!((1..=256).contains(&length(&field["name"])), "field name");
            assert!((1..=1024).contains(&length(&field["value"])), "field value");
            total += length(&field["name"]) + length(&field["value"]);
        }
    }
    assert!(total <= 6000, "embeds together have {total}");
    let mut ids = Vec::new();
    assert!(items(&message["components"]).count() <= 5, "rows");
    for row in items(&message["components"]) {
        assert!((1..=5).contains(&items(&row["components"]).count()), "components of a row");
        for component in items(&row["components"]) {
            assert!(length(&component["label"]) <= 80 && length(&component["placeholder"]) <= 150, "label");
            assert!((1..=100).contains(&length(&component["custom_id"])), "custom id");
            assert!(items(&component["options"]).count() <= 25, "options");
            ids.push(text(&component["custom_id"]).to_owned());
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "a custom id is there twice");
}
