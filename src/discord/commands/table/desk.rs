//! `/desk`, and the choices that its options offer.

use super::{
    CATEGORIES, FREE_TEXT_MAX, NAME_MAX, NUMBER, PRIORITIES, QUESTION_MAX, SET_UP, SLOW, optional, required,
    text,
};
use crate::desk::INCIDENT_TEXT_MAX;
use crate::discord::commands::complete::Completion;
use crate::discord::commands::{
    Choice, Leaf, OptionKind, SubSpec, desk, incident, practice, privacy, report, terms,
};

/// Longest opening times of a week.
const HOURS_MAX: u16 = 500;
/// Longest span of time, such as `30 minutes`.
const SPAN_MAX: u16 = 20;
#[expect(clippy::cast_possible_truncation, reason = "1000 fits")]
const INCIDENT_TEXT: u16 = INCIDENT_TEXT_MAX as u16;
const SPECIALISM_NAMES: OptionKind = OptionKind::Text { max: 60, complete: Some(Completion::Specialisms) };
const USUAL_PRIORITIES: OptionKind = OptionKind::Choice(&[
    Choice { value: "usual", key: "usual" },
    Choice { value: "P1", key: "p1" },
    Choice { value: "P2", key: "p2" },
    Choice { value: "P3", key: "p3" },
    Choice { value: "P4", key: "p4" },
]);
const ON_OR_OFF: OptionKind =
    OptionKind::Choice(&[Choice { value: "on", key: "on" }, Choice { value: "off", key: "off" }]);
/// The codes of `domain::holidays::Region`; a test compares them.
const REGIONS: OptionKind = OptionKind::Choice(&[
    Choice { value: "bw", key: "region-bw" },
    Choice { value: "by", key: "region-by" },
    Choice { value: "by-protestant", key: "region-by-protestant" },
    Choice { value: "augsburg", key: "region-augsburg" },
    Choice { value: "be", key: "region-be" },
    Choice { value: "bb", key: "region-bb" },
    Choice { value: "hb", key: "region-hb" },
    Choice { value: "hh", key: "region-hh" },
    Choice { value: "he", key: "region-he" },
    Choice { value: "mv", key: "region-mv" },
    Choice { value: "ni", key: "region-ni" },
    Choice { value: "nw", key: "region-nw" },
    Choice { value: "rp", key: "region-rp" },
    Choice { value: "sl", key: "region-sl" },
    Choice { value: "sn", key: "region-sn" },
    Choice { value: "sn-catholic", key: "region-sn-catholic" },
    Choice { value: "st", key: "region-st" },
    Choice { value: "sh", key: "region-sh" },
    Choice { value: "th", key: "region-th" },
    Choice { value: "th-catholic", key: "region-th-catholic" },
    Choice { value: "none", key: "region-none" },
]);
const LANGUAGES: OptionKind =
    OptionKind::Choice(&[Choice { value: "en", key: "en" }, Choice { value: "de", key: "de" }]);
const INCIDENT_ACTIONS: OptionKind = OptionKind::Choice(&[
    Choice { value: "open", key: "incident-open" },
    Choice { value: "close", key: "incident-close" },
    Choice { value: "link", key: "incident-link" },
    Choice { value: "list", key: "incident-list" },
]);
const PRACTICE_ACTIONS: OptionKind = OptionKind::Choice(&[
    Choice { value: "start", key: "practice-start" },
    Choice { value: "stop", key: "practice-stop" },
    Choice { value: "progress", key: "practice-progress" },
]);
const PERIODS: OptionKind = OptionKind::Choice(&[
    Choice { value: "7-days", key: "7-days" },
    Choice { value: "30-days", key: "30-days" },
    Choice { value: "month", key: "month" },
    Choice { value: "last-month", key: "last-month" },
    Choice { value: "quarter", key: "quarter" },
    Choice { value: "year", key: "year" },
]);
pub(super) const DESK: &[SubSpec] = &[
    SubSpec {
        name: "setup",
        key: "desk-setup",
        leaf: Leaf {
            options: &[
                required("support_channel", "support-channel", OptionKind::TextChannel),
                required("queue_channel", "queue-channel", OptionKind::TextChannel),
                required("first_level", "first-level", OptionKind::Role),
                required("second_level", "second-level", OptionKind::Role),
                optional("language", "language", LANGUAGES),
            ],
            needs: SLOW,
            run: |call, given| Box::pin(desk::set_up(call, given)),
        },
    },
    SubSpec {
        name: "check",
        key: "desk-check",
        leaf: Leaf { options: &[], needs: SLOW, run: |call, _| Box::pin(desk::check(call)) },
    },
    SubSpec {
        name: "specialism",
        key: "desk-specialism",
        leaf: Leaf {
            options: &[
                required("name", "specialism-name", SPECIALISM_NAMES),
                optional("role", "specialism-role", OptionKind::Role),
                optional("channel", "specialism-channel", OptionKind::TextChannel),
                optional("remove", "specialism-remove", OptionKind::Flag),
                optional("german", "german", text(NAME_MAX)),
                optional("categories", "serves", text(FREE_TEXT_MAX)),
                optional("note", "specialism-note", text(NAME_MAX)),
                optional("lead", "lead", OptionKind::User),
                optional("next_role", "next-role", OptionKind::Role),
                optional("timeouts", "timeouts", text(NAME_MAX)),
                optional("provider", "provider", OptionKind::Flag),
                optional("reaction", "reaction", OptionKind::Number),
                optional("webhook", "webhook", text(500)),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(desk::specialism(call, given)),
        },
    },
    SubSpec {
        name: "category",
        key: "desk-category",
        leaf: Leaf {
            options: &[
                optional("name", "desk-category-name", CATEGORIES),
                optional("german", "german", text(NAME_MAX)),
                optional("keywords", "keywords", text(FREE_TEXT_MAX)),
                optional("priority", "category-priority", USUAL_PRIORITIES),
                optional("vip_role", "vip-role", OptionKind::Role),
                optional("remove", "category-remove", OptionKind::Flag),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(desk::category(call, given)),
        },
    },
    SubSpec {
        name: "duty",
        key: "desk-duty",
        leaf: Leaf {
            options: &[
                optional("state", "duty-state", ON_OR_OFF),
                optional("until", "duty-until", text(NAME_MAX)),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(desk::duty(call, given)),
        },
    },
    SubSpec {
        name: "incident",
        key: "desk-incident",
        leaf: Leaf {
            options: &[
                required("action", "incident-action", INCIDENT_ACTIONS),
                optional("title", "incident-title", text(NAME_MAX)),
                optional("text", "incident-text", text(INCIDENT_TEXT)),
                optional(
                    "incident",
                    "incident-which",
                    OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Incidents) },
                ),
                NUMBER,
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(incident::incident(call, given)),
        },
    },
    SubSpec {
        name: "report",
        key: "desk-report",
        leaf: Leaf {
            options: &[
                optional("period", "report-period", PERIODS),
                optional("weekly", "report-weekly", OptionKind::TextChannel),
                optional("stop", "report-stop", OptionKind::Flag),
            ],
            needs: SLOW,
            run: |call, given| Box::pin(report::show(call, given)),
        },
    },
    SubSpec {
        name: "practice",
        key: "desk-practice",
        leaf: Leaf {
            options: &[
                required("action", "practice-action", PRACTICE_ACTIONS),
                optional(
                    "scenario",
                    "practice-scenario",
                    OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Scenarios) },
                ),
                optional("user", "practice-user", OptionKind::User),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(practice::practice(call, given)),
        },
    },
    SubSpec {
        name: "hours",
        key: "desk-hours",
        leaf: Leaf {
            options: &[
                optional(
                    "zone",
                    "zone",
                    OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Zones) },
                ),
                optional("week", "week", text(HOURS_MAX)),
                optional("state", "state", REGIONS),
                optional("days_off", "days-off", text(QUESTION_MAX)),
                optional("calendar", "calendar", OptionKind::File),
                optional("clear", "hours-clear", OptionKind::Flag),
            ],
            needs: SLOW,
            run: |call, given| Box::pin(terms::hours(call, given)),
        },
    },
    SubSpec {
        name: "sla",
        key: "desk-sla",
        leaf: Leaf {
            options: &[
                optional("priority", "sla-priority", PRIORITIES),
                optional("first_response", "first-response", text(SPAN_MAX)),
                optional("resolution", "resolution", text(SPAN_MAX)),
                optional("around_the_clock", "around-the-clock", OptionKind::Flag),
                optional("idle", "idle", text(SPAN_MAX)),
                optional("answer", "answer", text(SPAN_MAX)),
                optional("reset", "sla-reset", OptionKind::Flag),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(terms::sla(call, given)),
        },
    },
    SubSpec {
        name: "retention",
        key: "desk-retention",
        leaf: Leaf {
            options: &[
                optional("days", "retention-days", OptionKind::Number),
                optional("category", "retention-category", CATEGORIES),
                optional("forever", "retention-forever", OptionKind::Flag),
            ],
            needs: SET_UP,
            run: |call, given| Box::pin(privacy::retention(call, given)),
        },
    },
];
