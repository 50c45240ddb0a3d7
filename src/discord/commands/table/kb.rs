//! `/kb`.

use super::{NAME_MAX, QUESTION_MAX, SET_UP, optional, required, text};
use crate::discord::commands::complete::Completion;
use crate::discord::commands::{Leaf, OptionKind, SubSpec, kb};

pub(super) const KB: &[SubSpec] = &[
    SubSpec {
        name: "search",
        key: "kb-search",
        leaf: Leaf {
            options: &[required("query", "query", text(QUESTION_MAX))],
            needs: SET_UP,
            run: |call, given| Box::pin(kb::search(call, given)),
        },
    },
    SubSpec {
        name: "show",
        key: "kb-show",
        leaf: Leaf {
            options: &[required(
                "article",
                "article",
                OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Articles) },
            )],
            needs: SET_UP,
            run: |call, given| Box::pin(async move { kb::show(call, &given).await }),
        },
    },
    SubSpec {
        name: "new",
        key: "kb-new",
        leaf: Leaf { options: &[], needs: SET_UP, run: |call, _| Box::pin(kb::new(call)) },
    },
    SubSpec {
        name: "edit",
        key: "kb-edit",
        leaf: Leaf {
            options: &[required(
                "article",
                "article",
                OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Articles) },
            )],
            needs: SET_UP,
            run: |call, given| Box::pin(async move { kb::edit(call, &given).await }),
        },
    },
    SubSpec {
        name: "review",
        key: "kb-review",
        leaf: Leaf { options: &[], needs: SET_UP, run: |call, _| Box::pin(kb::review(call)) },
    },
    SubSpec {
        name: "gaps",
        key: "kb-gaps",
        leaf: Leaf { options: &[], needs: SET_UP, run: |call, _| Box::pin(kb::gaps(call)) },
    },
    SubSpec {
        name: "stats",
        key: "kb-stats",
        leaf: Leaf {
            options: &[optional(
                "article",
                "stats-article",
                OptionKind::Text { max: NAME_MAX, complete: Some(Completion::Articles) },
            )],
            needs: SET_UP,
            run: |call, given| Box::pin(async move { kb::stats(call, &given).await }),
        },
    },
];
