//! `/ticket`, in the order of a ticket's life.

use super::{
    CATEGORIES, FREE_TEXT_MAX, NAME_MAX, NUMBER, PRIORITIES, SET_UP, SPECIALISM, optional, required, text,
};
use crate::discord::commands::complete::Completion;
use crate::discord::commands::{Leaf, OptionKind, SubSpec, ticket};

pub(super) const TICKET: &[SubSpec] = &[
    SubSpec {
        name: "claim",
        key: "ticket-claim",
        leaf: Leaf {
            options: &[NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::claim(call, given)),
        },
    },
    SubSpec {
        name: "release",
        key: "ticket-release",
        leaf: Leaf {
            options: &[NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::release(call, given)),
        },
    },
    SubSpec {
        name: "assign",
        key: "ticket-assign",
        leaf: Leaf {
            options: &[required("user", "assignee", OptionKind::User), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::assign(call, given)),
        },
    },
    SubSpec {
        name: "escalate",
        key: "ticket-escalate",
        leaf: Leaf {
            options: &[SPECIALISM, optional("reason", "escalate-reason", text(FREE_TEXT_MAX)), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::escalate(call, given)),
        },
    },
    SubSpec {
        name: "accept",
        key: "ticket-accept",
        leaf: Leaf {
            options: &[NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::accept(call, given)),
        },
    },
    SubSpec {
        name: "handback",
        key: "ticket-handback",
        leaf: Leaf {
            options: &[required("reason", "handback-reason", text(FREE_TEXT_MAX)), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::hand_back(call, given)),
        },
    },
    SubSpec {
        name: "wait",
        key: "ticket-wait",
        leaf: Leaf {
            options: &[NUMBER, optional("over", "wait-over", OptionKind::Flag)],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::wait(call, given)),
        },
    },
    SubSpec {
        name: "resolve",
        key: "ticket-resolve",
        leaf: Leaf {
            options: &[optional("solution", "solution", text(FREE_TEXT_MAX)), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::resolve(call, given)),
        },
    },
    SubSpec {
        name: "close",
        key: "ticket-close",
        leaf: Leaf {
            options: &[optional("reason", "close-reason", text(FREE_TEXT_MAX)), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::close(call, given)),
        },
    },
    SubSpec {
        name: "reopen",
        key: "ticket-reopen",
        leaf: Leaf {
            options: &[NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::reopen(call, given)),
        },
    },
    SubSpec {
        name: "priority",
        key: "ticket-priority",
        leaf: Leaf {
            options: &[
                required("level", "level", PRIORITIES),
                NUMBER,
                optional("reason", "priority-reason", text(FREE_TEXT_MAX)),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::priority(call, given)),
        },
    },
    SubSpec {
        name: "category",
        key: "ticket-category",
        leaf: Leaf {
            options: &[required("name", "category-name", CATEGORIES), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::category(call, given)),
        },
    },
    SubSpec {
        name: "note",
        key: "ticket-note",
        leaf: Leaf {
            options: &[required("text", "note-text", text(FREE_TEXT_MAX)), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::note(call, given)),
        },
    },
    SubSpec {
        name: "add",
        key: "ticket-add",
        leaf: Leaf {
            options: &[required("user", "member", OptionKind::User), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::add(call, given)),
        },
    },
    SubSpec {
        name: "duplicate",
        key: "ticket-duplicate",
        leaf: Leaf {
            options: &[required("of", "duplicate-of", OptionKind::Number), NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::duplicate(call, given)),
        },
    },
    SubSpec {
        name: "reply",
        key: "ticket-reply",
        leaf: Leaf {
            options: &[
                required(
                    "name",
                    "reply-name",
                    OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Replies) },
                ),
                NUMBER,
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::reply(call, given)),
        },
    },
    SubSpec {
        name: "info",
        key: "ticket-info",
        leaf: Leaf {
            options: &[NUMBER],
            needs: SET_UP,
            run: |call, given| Box::pin(ticket::info(call, given)),
        },
    },
];
