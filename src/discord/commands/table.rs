//! The table itself, in the order in which people meet the commands.

mod desk;
mod kb;
mod ticket;

use super::complete::Completion;
use super::{Choice, CommandSpec, Leaf, OptionKind, OptionSpec, Shape, SubSpec, privacy, support, tickets};
use crate::desk::TEXT_MAX;
use crate::discord::pipeline::Needs;

/// Longest question: what still reads well above an answer.
const QUESTION_MAX: u16 = 2000;
/// Longest name of anything.
const NAME_MAX: u16 = 100;
#[expect(clippy::cast_possible_truncation, reason = "4000 fits")]
const FREE_TEXT_MAX: u16 = TEXT_MAX as u16;

/// Handlers that work without knowing the server's desk: their answer waits for no database.
const NOTHING: Needs = Needs { set_up: false, deferred: false };
const SET_UP: Needs = Needs { set_up: true, deferred: false };
const SLOW: Needs = Needs { set_up: true, deferred: true };

const NUMBER: OptionSpec = optional("number", "number", OptionKind::Number);
const SPECIALISM: OptionSpec = optional(
    "specialism",
    "specialism",
    OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Specialisms) },
);
const CATEGORIES: OptionKind = OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Categories) };
const PRIORITIES: OptionKind = OptionKind::Choice(&[
    Choice { value: "P1", key: "p1" },
    Choice { value: "P2", key: "p2" },
    Choice { value: "P3", key: "p3" },
    Choice { value: "P4", key: "p4" },
]);

/// Every command there is.
pub(crate) const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        name: "support",
        key: "support",
        shape: Shape::Slash(Leaf {
            options: &[
                required(
                    "question",
                    "question",
                    OptionKind::Text { max: QUESTION_MAX, complete: Some(Completion::Questions) },
                ),
                optional("category", "category", CATEGORIES),
                optional("attachment", "attachment", OptionKind::File),
            ],
            needs: NOTHING,
            run: |call, given| Box::pin(support::ask(call, given)),
        }),
    },
    CommandSpec {
        name: "tickets",
        key: "tickets",
        shape: Shape::Slash(Leaf {
            options: &[optional("queue", "queue", OptionKind::Flag)],
            needs: SET_UP,
            run: |call, given| Box::pin(tickets::list(call, given)),
        }),
    },
    CommandSpec { name: "ticket", key: "ticket", shape: Shape::Group(ticket::TICKET) },
    CommandSpec { name: "kb", key: "kb", shape: Shape::Group(kb::KB) },
    CommandSpec { name: "desk", key: "desk", shape: Shape::Group(desk::DESK) },
    CommandSpec { name: "privacy", key: "privacy", shape: Shape::Group(PRIVACY) },
    CommandSpec {
        name: "Open a support ticket",
        key: "open-from-message",
        shape: Shape::Message(Leaf {
            options: &[],
            needs: NOTHING,
            run: |call, given| Box::pin(async move { support::open_from_message(call, &given) }),
        }),
    },
    CommandSpec {
        name: "Save as solution",
        key: "save-solution",
        shape: Shape::Message(Leaf {
            options: &[],
            needs: SET_UP,
            run: |call, given| Box::pin(async move { super::kb::save_message(call, &given).await }),
        }),
    },
];

const PRIVACY: &[SubSpec] = &[
    SubSpec {
        name: "export",
        key: "privacy-export",
        leaf: Leaf { options: &[], needs: SLOW, run: |call, _| Box::pin(privacy::export(call)) },
    },
    SubSpec {
        name: "delete",
        key: "privacy-delete",
        leaf: Leaf {
            options: &[],
            needs: SET_UP,
            run: |call, _| Box::pin(async move { privacy::delete(call) }),
        },
    },
];

const fn required(name: &'static str, key: &'static str, kind: OptionKind) -> OptionSpec {
    OptionSpec { name, key, kind, required: true }
}

const fn optional(name: &'static str, key: &'static str, kind: OptionKind) -> OptionSpec {
    OptionSpec { name, key, kind, required: false }
}

const fn text(max: u16) -> OptionKind {
    OptionKind::Text { max, complete: None }
}
