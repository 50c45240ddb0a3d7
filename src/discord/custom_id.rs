//! What a button, select or form carries: a typed code `v1:<action>:<id>[:<argument>]`.
//!
//! The code says what is meant and nothing else. It grants nothing: whoever presses is checked again, and ids are
//! looked up in the server of the press only, because anybody can send any code (Discord docs,
//! components/reference, "Custom ID": 1 to 100 characters). Articles are carried by their place in the list that a
//! question was answered with, because their own ids may be long. A code that does not decode is an older version's,
//! or forged; both are answered, neither is guessed at.

use std::fmt;
use std::str::FromStr;

use crate::domain::id::{
    DeskArticleId, IncidentId, JobId, LessonId, MessageId, PracticeId, ProposalId, QuestionId, SpecialismId,
    TicketId,
};

const VERSION: &str = "v1";
/// In the place of an id where there is none yet.
const NEW: &str = "new";

/// What was pressed, chosen or sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomId {
    /// "That solved it" under an answer.
    Solved {
        /// The question.
        question: QuestionId,
        /// Which of the offered articles is shown, from 0.
        position: u8,
    },
    /// The select of other answers; its values are positions like the one above.
    OtherAnswers {
        /// The question.
        question: QuestionId,
    },
    /// "Open a ticket" under an answer.
    Open {
        /// The question.
        question: QuestionId,
    },
    /// The form that opens a ticket from a question.
    OpenForm {
        /// The question.
        question: QuestionId,
    },
    /// The form that opens a ticket from a message.
    OpenFromMessageForm {
        /// The message.
        message: MessageId,
    },
    /// Something with a ticket.
    Ticket {
        /// What.
        press: Press,
        /// The ticket.
        ticket: TicketId,
    },
    /// A rating on the closing note.
    Rate {
        /// The ticket.
        ticket: TicketId,
        /// From 1 to 5.
        stars: u8,
    },
    /// The form of an escalation, with the specialism if it was chosen before.
    EscalateForm {
        /// The ticket.
        ticket: TicketId,
        /// To whom.
        specialism: Option<SpecialismId>,
    },
    /// Another form about a ticket.
    TicketForm {
        /// Which.
        form: TicketForm,
        /// The ticket.
        ticket: TicketId,
    },
    /// The form of an article.
    ArticleForm {
        /// What is written.
        form: ArticleForm,
        /// What from: a ticket, a message, a question, an article's row or its code, or a number of its own.
        id: i64,
    },
    /// Something with an article written on the desk.
    Article {
        /// What.
        press: ArticlePress,
        /// The article.
        article: DeskArticleId,
        /// The version that whoever presses has read.
        version: u32,
    },
    /// A select of articles to read; its values are their names.
    ShowArticle,
    /// A page of an overview of the knowledge base.
    Overview {
        /// Which.
        overview: Overview,
        /// Which page, from 0.
        page: u32,
    },
    /// The select of groups of questions to write about; its values are the questions that stand for them.
    WriteGap,
    /// The select of lessons to take back, under what an article has learned; its values are lessons.
    Forget {
        /// The newest one.
        lesson: LessonId,
    },
    /// Takes back everything about the article that a lesson is about.
    ForgetAll {
        /// The lesson.
        lesson: LessonId,
    },
    /// "Me too" on the banner of an incident.
    MeToo {
        /// The incident.
        incident: IncidentId,
    },
    /// "Open an incident" under a proposal.
    OpenIncident {
        /// The proposal.
        proposal: ProposalId,
    },
    /// The form of a new incident, from a proposal or from nothing.
    IncidentForm {
        /// The proposal.
        proposal: Option<ProposalId>,
    },
    /// "Solved" on the card of an incident.
    SolveIncident {
        /// The incident.
        incident: IncidentId,
    },
    /// The form of its solution.
    SolveIncidentForm {
        /// The incident.
        incident: IncidentId,
    },
    /// Something in practice, or the form of it.
    Practice {
        /// What.
        press: PracticePress,
        /// The practice ticket.
        practice: PracticeId,
    },
    /// A question about one's own tone, at the end of practice.
    PracticeKept {
        /// The practice ticket.
        practice: PracticeId,
        /// Which question, from 0.
        item: u8,
    },
    /// What becomes of deliveries that were given up, up to the newest that was shown.
    GivenUp {
        /// What.
        press: GivenUpPress,
        /// The newest.
        newest: JobId,
    },
    /// "Delete my data", after the question whether somebody means it.
    DeleteMyData,
    /// A page of a list.
    Page {
        /// Which list.
        list: List,
        /// Which page, from 0.
        page: u32,
    },
}

/// A button or select about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Take it.
    Claim,
    /// Hand it over.
    Escalate,
    /// The select of specialisms that comes before the form, when there are several.
    EscalateTo,
    /// Give a solution.
    Resolve,
    /// Close it.
    Close,
    /// Take an escalation.
    Accept,
    /// Give it back to first level.
    HandBack,
    /// Wait for the requester.
    Wait,
    /// Do not wait any longer.
    GoOn,
    /// The solution works.
    Works,
    /// The solution does not work.
    StillAProblem,
    /// Reopen it, on the closing note.
    Reopen,
    /// Say more about the rating.
    Comment,
    /// Get the transcript, on the closing note.
    Transcript,
    /// The select of what it is about.
    SetCategory,
    /// The select of whom it affects.
    SetImpact,
    /// The select of how badly.
    SetUrgency,
    /// Make an article of its solution.
    SaveSolution,
}

/// What an article's form writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleForm {
    /// A new article.
    New,
    /// A ticket's solution.
    OfTicket,
    /// What a message says.
    OfMessage,
    /// A further version.
    Edit,
    /// The server's own version of a file's article.
    OfFile,
    /// What nobody could answer.
    OfGap,
}

/// A button, select or form about an article written on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticlePress {
    /// Make it live.
    Publish,
    /// Change it.
    Edit,
    /// Turn it down; also the form that asks why.
    Discard,
    /// Take it offline.
    Withdraw,
    /// The select of its versions.
    Versions,
    /// Bring the version back.
    Restore,
}

/// A button, select or form in practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticePress {
    /// Ask the pretended requester; also the form.
    Ask,
    /// Look for an article; also the form.
    Search,
    /// The select of the articles that were found.
    Article,
    /// The select of categories.
    Category,
    /// Hand it over; also the form.
    Escalate,
    /// The select of specialisms that comes before the form, when there are several.
    EscalateTo,
    /// Give a solution; also the form.
    Resolve,
    /// End it.
    Finish,
}

/// A form about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketForm {
    /// The solution.
    Resolve,
    /// The reason for closing.
    Close,
    /// The reason for handing back.
    HandBack,
    /// An internal note.
    Note,
    /// More about the rating.
    Comment,
}

/// A button under deliveries that were given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenUpPress {
    /// Try them again.
    TryAgain,
    /// Let go of them.
    Discard,
}

/// A list with pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// One's own tickets.
    Mine,
    /// The tickets somebody has to act on.
    Queue,
}

/// An overview of the knowledge base, with pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overview {
    /// What nobody could answer.
    Gaps,
    /// What came of answers.
    Statistics,
}

/// Why a code is not one of ours, or not one of today's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a custom id that this version does not know")]
pub struct UnknownCustomId;

impl CustomId {
    /// Every word that [`Self::action`] gives: what somebody can forge.
    pub fn actions() -> Vec<&'static str> {
        fn words<W: Word>() -> impl Iterator<Item = &'static str> {
            W::WORDS.iter().map(|(_, word)| *word)
        }
        let others = [
            "solved",
            "other",
            "open",
            "open-form",
            "message-form",
            "rate",
            "escalate-form",
            "show-article",
            "write-gap",
            "forget",
            "forget-all",
            "me-too",
            "incident",
            "incident-form",
            "incident-solve",
            "incident-solve-form",
            "practice-kept",
            "delete-my-data",
        ];
        let of_tickets = words::<Press>().chain(words::<TicketForm>());
        let of_articles = words::<ArticleForm>().chain(words::<ArticlePress>());
        let of_lists = words::<List>().chain(words::<Overview>());
        let of_practice = words::<PracticePress>();
        let of_desks = words::<GivenUpPress>();
        let of_all = of_tickets.chain(of_articles).chain(of_lists).chain(of_practice).chain(of_desks);
        of_all.chain(others).collect()
    }

    /// What it does, without the ids; for logs.
    pub fn action(self) -> &'static str {
        match self {
            Self::Solved { .. } => "solved",
            Self::OtherAnswers { .. } => "other",
            Self::Open { .. } => "open",
            Self::OpenForm { .. } => "open-form",
            Self::OpenFromMessageForm { .. } => "message-form",
            Self::Ticket { press, .. } => press.word(),
            Self::Rate { .. } => "rate",
            Self::EscalateForm { .. } => "escalate-form",
            Self::TicketForm { form, .. } => form.word(),
            Self::ArticleForm { form, .. } => form.word(),
            Self::Article { press, .. } => press.word(),
            Self::ShowArticle => "show-article",
            Self::Overview { overview, .. } => overview.word(),
            Self::WriteGap => "write-gap",
            Self::Forget { .. } => "forget",
            Self::ForgetAll { .. } => "forget-all",
            Self::MeToo { .. } => "me-too",
            Self::OpenIncident { .. } => "incident",
            Self::IncidentForm { .. } => "incident-form",
            Self::SolveIncident { .. } => "incident-solve",
            Self::SolveIncidentForm { .. } => "incident-solve-form",
            Self::Practice { press, .. } => press.word(),
            Self::PracticeKept { .. } => "practice-kept",
            Self::GivenUp { press, .. } => press.word(),
            Self::DeleteMyData => "delete-my-data",
            Self::Page { list, .. } => list.word(),
        }
    }
}

/// The word of each value, once, for both directions.
trait Word: Copy + PartialEq + Sized + 'static {
    const WORDS: &'static [(Self, &'static str)];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word)
    }

    fn from_word(given: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, word)| *word == given).map(|(value, _)| *value)
    }
}

impl Word for Press {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Claim, "claim"),
        (Self::Escalate, "escalate"),
        (Self::EscalateTo, "escalate-to"),
        (Self::Resolve, "resolve"),
        (Self::Close, "close"),
        (Self::Accept, "accept"),
        (Self::HandBack, "hand-back"),
        (Self::Wait, "wait"),
        (Self::GoOn, "go-on"),
        (Self::Works, "works"),
        (Self::StillAProblem, "still"),
        (Self::Reopen, "reopen"),
        (Self::Comment, "comment"),
        (Self::Transcript, "transcript"),
        (Self::SetCategory, "set-category"),
        (Self::SetImpact, "set-impact"),
        (Self::SetUrgency, "set-urgency"),
        (Self::SaveSolution, "save-solution"),
    ];
}

impl Word for ArticleForm {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::New, "article-new"),
        (Self::OfTicket, "article-ticket"),
        (Self::OfMessage, "article-message"),
        (Self::Edit, "article-edit"),
        (Self::OfFile, "article-file"),
        (Self::OfGap, "article-gap"),
    ];
}

impl Word for ArticlePress {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Publish, "publish"),
        (Self::Edit, "edit"),
        (Self::Discard, "discard"),
        (Self::Withdraw, "withdraw"),
        (Self::Versions, "versions"),
        (Self::Restore, "restore"),
    ];
}

impl Word for PracticePress {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Ask, "practice-ask"),
        (Self::Search, "practice-search"),
        (Self::Article, "practice-article"),
        (Self::Category, "practice-category"),
        (Self::Escalate, "practice-escalate"),
        (Self::EscalateTo, "practice-escalate-to"),
        (Self::Resolve, "practice-resolve"),
        (Self::Finish, "practice-finish"),
    ];
}

impl Word for TicketForm {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Resolve, "resolve-form"),
        (Self::Close, "close-form"),
        (Self::HandBack, "hand-back-form"),
        (Self::Note, "note-form"),
        (Self::Comment, "comment-form"),
    ];
}

impl Word for GivenUpPress {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::TryAgain, "deliver-again"), (Self::Discard, "deliver-never")];
}

impl Word for List {
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Mine, "mine"), (Self::Queue, "queue")];
}

impl Word for Overview {
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Gaps, "gaps"), (Self::Statistics, "statistics")];
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:{}:", self.action())?;
        match *self {
            Self::OtherAnswers { question } | Self::Open { question } | Self::OpenForm { question } => {
                write!(f, "{question}")
            }
            Self::Solved { question, position } => write!(f, "{question}:{position}"),
            Self::OpenFromMessageForm { message } => write!(f, "{message}"),
            Self::Ticket { ticket, .. }
            | Self::TicketForm { ticket, .. }
            | Self::EscalateForm { ticket, specialism: None } => write!(f, "{ticket}"),
            Self::EscalateForm { ticket, specialism: Some(id) } => write!(f, "{ticket}:{id}"),
            Self::Rate { ticket, stars } => write!(f, "{ticket}:{stars}"),
            Self::ArticleForm { id, .. } => write!(f, "{id}"),
            Self::Article { article, version, .. } => write!(f, "{article}:{version}"),
            // Every code has an id; here it says nothing.
            Self::ShowArticle | Self::WriteGap | Self::DeleteMyData => write!(f, "0"),
            Self::Forget { lesson } | Self::ForgetAll { lesson } => write!(f, "{lesson}"),
            Self::Overview { page, .. } | Self::Page { page, .. } => write!(f, "{page}"),
            Self::GivenUp { newest, .. } => write!(f, "{newest}"),
            Self::OpenIncident { proposal } | Self::IncidentForm { proposal: Some(proposal) } => {
                write!(f, "{proposal}")
            }
            Self::IncidentForm { proposal: None } => f.write_str(NEW),
            Self::Practice { practice, .. } => write!(f, "{practice}"),
            Self::PracticeKept { practice, item } => write!(f, "{practice}:{item}"),
            Self::MeToo { incident }
            | Self::SolveIncident { incident }
            | Self::SolveIncidentForm { incident } => write!(f, "{incident}"),
        }
    }
}

impl FromStr for CustomId {
    type Err = UnknownCustomId;

    fn from_str(code: &str) -> Result<Self, UnknownCustomId> {
        let rest =
            code.strip_prefix(VERSION).and_then(|rest| rest.strip_prefix(':')).ok_or(UnknownCustomId)?;
        let mut parts = rest.split(':');
        let (Some(word), Some(id), argument, None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(UnknownCustomId);
        };
        match argument {
            None => without_argument(word, id),
            Some(argument) => with_argument(word, number(id)?, argument),
        }
    }
}

fn without_argument(word: &str, id: &str) -> Result<CustomId, UnknownCustomId> {
    if let Some(list) = List::from_word(word) {
        return Ok(CustomId::Page { list, page: number(id)? });
    }
    if let Some(overview) = Overview::from_word(word) {
        return Ok(CustomId::Overview { overview, page: number(id)? });
    }
    if word == "incident-form" && id == NEW {
        return Ok(CustomId::IncidentForm { proposal: None });
    }
    let id: i64 = number(id)?;
    if let Some(press) = Press::from_word(word) {
        return Ok(CustomId::Ticket { press, ticket: TicketId(id) });
    }
    if let Some(form) = TicketForm::from_word(word) {
        return Ok(CustomId::TicketForm { form, ticket: TicketId(id) });
    }
    if let Some(form) = ArticleForm::from_word(word) {
        return Ok(CustomId::ArticleForm { form, id });
    }
    if let Some(press) = PracticePress::from_word(word) {
        return Ok(CustomId::Practice { press, practice: PracticeId(id) });
    }
    if let Some(press) = GivenUpPress::from_word(word) {
        return Ok(CustomId::GivenUp { press, newest: JobId(id) });
    }
    Ok(match word {
        "show-article" => CustomId::ShowArticle,
        "other" => CustomId::OtherAnswers { question: QuestionId(id) },
        "write-gap" => CustomId::WriteGap,
        "delete-my-data" => CustomId::DeleteMyData,
        "forget" => CustomId::Forget { lesson: LessonId(id) },
        "forget-all" => CustomId::ForgetAll { lesson: LessonId(id) },
        "open" => CustomId::Open { question: QuestionId(id) },
        "open-form" => CustomId::OpenForm { question: QuestionId(id) },
        "message-form" => CustomId::OpenFromMessageForm { message: MessageId(id) },
        "escalate-form" => CustomId::EscalateForm { ticket: TicketId(id), specialism: None },
        "me-too" => CustomId::MeToo { incident: IncidentId(id) },
        "incident" => CustomId::OpenIncident { proposal: ProposalId(id) },
        "incident-form" => CustomId::IncidentForm { proposal: Some(ProposalId(id)) },
        "incident-solve" => CustomId::SolveIncident { incident: IncidentId(id) },
        "incident-solve-form" => CustomId::SolveIncidentForm { incident: IncidentId(id) },
        _ => return Err(UnknownCustomId),
    })
}

fn with_argument(word: &str, id: i64, argument: &str) -> Result<CustomId, UnknownCustomId> {
    if let Some(press) = ArticlePress::from_word(word) {
        return Ok(CustomId::Article { press, article: DeskArticleId(id), version: number(argument)? });
    }
    Ok(match word {
        "solved" => CustomId::Solved { question: QuestionId(id), position: number(argument)? },
        "practice-kept" => CustomId::PracticeKept { practice: PracticeId(id), item: number(argument)? },
        "rate" => CustomId::Rate { ticket: TicketId(id), stars: number(argument)? },
        "escalate-form" => {
            CustomId::EscalateForm { ticket: TicketId(id), specialism: Some(SpecialismId(number(argument)?)) }
        }
        _ => return Err(UnknownCustomId),
    })
}

fn number<N: FromStr>(text: &str) -> Result<N, UnknownCustomId> {
    text.parse().map_err(|_| UnknownCustomId)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word<W: Word + fmt::Debug>() -> impl Strategy<Value = W> {
        (0..W::WORDS.len()).prop_map(|index| W::WORDS[index].0)
    }

    fn custom_id() -> impl Strategy<Value = CustomId> {
        let id = any::<i64>;
        prop_oneof![
            (id(), any::<u8>())
                .prop_map(|(id, position)| CustomId::Solved { question: QuestionId(id), position }),
            id().prop_map(|id| CustomId::OtherAnswers { question: QuestionId(id) }),
            id().prop_map(|id| CustomId::Open { question: QuestionId(id) }),
            id().prop_map(|id| CustomId::OpenForm { question: QuestionId(id) }),
            id().prop_map(|id| CustomId::OpenFromMessageForm { message: MessageId(id) }),
            (word(), id()).prop_map(|(press, id)| CustomId::Ticket { press, ticket: TicketId(id) }),
            (id(), any::<u8>()).prop_map(|(id, stars)| CustomId::Rate { ticket: TicketId(id), stars }),
            (id(), proptest::option::of(id())).prop_map(|(id, specialism)| CustomId::EscalateForm {
                ticket: TicketId(id),
                specialism: specialism.map(SpecialismId),
            }),
            (word(), id()).prop_map(|(form, id)| CustomId::TicketForm { form, ticket: TicketId(id) }),
            (word(), id()).prop_map(|(form, id)| CustomId::ArticleForm { form, id }),
            (word(), id(), any::<u32>()).prop_map(|(press, id, version)| CustomId::Article {
                press,
                article: DeskArticleId(id),
                version,
            }),
            Just(CustomId::ShowArticle),
            Just(CustomId::WriteGap),
            Just(CustomId::DeleteMyData),
            id().prop_map(|id| CustomId::Forget { lesson: LessonId(id) }),
            id().prop_map(|id| CustomId::ForgetAll { lesson: LessonId(id) }),
            (word(), any::<u32>()).prop_map(|(overview, page)| CustomId::Overview { overview, page }),
            (word(), any::<u32>()).prop_map(|(list, page)| CustomId::Page { list, page }),
            (word(), id()).prop_map(|(press, id)| CustomId::Practice { press, practice: PracticeId(id) }),
            (id(), any::<u8>())
                .prop_map(|(id, item)| CustomId::PracticeKept { practice: PracticeId(id), item }),
            (word(), id()).prop_map(|(press, id)| CustomId::GivenUp { press, newest: JobId(id) }),
            id().prop_map(|id| CustomId::MeToo { incident: IncidentId(id) }),
            id().prop_map(|id| CustomId::OpenIncident { proposal: ProposalId(id) }),
            proptest::option::of(id()).prop_map(|id| CustomId::IncidentForm { proposal: id.map(ProposalId) }),
            id().prop_map(|id| CustomId::SolveIncident { incident: IncidentId(id) }),
            id().prop_map(|id| CustomId::SolveIncidentForm { incident: IncidentId(id) }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(id in custom_id()) {
            let code = id.to_string();
            prop_assert!(code.len() <= 100, "{code} is too long for Discord");
            prop_assert_eq!(code.parse(), Ok(id));
            prop_assert!(CustomId::actions().contains(&id.action()), "{} is in no list", id.action());
        }

        #[test]
        fn garbage_is_refused_without_a_panic(code in "\\PC{0,100}") {
            if let Ok(id) = code.parse::<CustomId>() {
                // Some spellings of a number differ ("+1"), but never what they mean.
                prop_assert_eq!(id.to_string().parse(), Ok(id));
            }
        }
    }

    #[test]
    fn other_versions_and_torn_codes_are_unknown() {
        for code in [
            "",
            "v1",
            "v1:",
            "v1:claim",
            "v1:claim:",
            "v1:claim:x",
            "v1:claim:1:2",
            "v2:claim:1",
            "v1:fly:1",
            "claim:1",
            "v1:rate:1",
            "v1:rate:1:900",
            "v1:solved:1:2:3",
            "v1:claim:99999999999999999999",
        ] {
            assert_eq!(code.parse::<CustomId>(), Err(UnknownCustomId), "{code}");
        }
    }
}
