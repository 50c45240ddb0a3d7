//! What a handler gives back, and how every refusal reads.
//!
//! The matches are exhaustive: a new refusal does not compile until there are words for it.

use serenity::builder::CreateModal;

use super::rest::RestError;
use super::views::{View, words};
use crate::desk::{DeskError, Refusal, SetUp};
use crate::domain::article::Language;
use crate::domain::desk_article::{Review, ReviewError};
use crate::domain::duty::NoSuchEnd;
use crate::domain::ics::{self, IcsFault};
use crate::domain::id::UserId;
use crate::domain::policy::Denied;
use crate::domain::practice::PracticeError;
use crate::domain::privacy::NoSuchRetention;
use crate::domain::ticket::TransitionError;
use crate::domain::typed::{DAYS_OFF_MAX, TypedFault};
use crate::domain::webhook::Unsafe;
use crate::knowledge::KnowledgeError;
use crate::store::StoreError;
use crate::text;

/// So much of a part that cannot be read is shown.
const PART_MAX: usize = 60;

/// The one answer to an interaction. Handlers give it back; the pipeline sends it.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A message that only this person sees.
    Ephemeral(View),
    /// An answer from the knowledge base, which leaves nothing to deliver.
    Asked(View),
    /// The pressed message, changed.
    Update(View),
    /// The pressed card, changed; remembered, so that the outbox does not do it again.
    Card(View),
    /// The pressed message without its buttons, with this line above what it shows.
    Done(String),
    /// A form.
    Form(CreateModal),
}

/// What a handler gives back.
pub(crate) type Reply = Result<Answer, Failure>;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The desk refuses, for a reason that a person can be told.
    Refused(Refusal),
    /// What arrived makes no sense here, and a person can be told how it would.
    Mistaken(Mistake),
    /// Our own fault.
    Internal(anyhow::Error),
}

/// What people do that no use case ever hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// Used outside a server.
    OutsideServer,
    /// A button, select or form that this version does not know.
    UnknownButton,
    /// A command or option that this version does not know; Discord shows a new set within the hour.
    UnknownCommand,
    /// Outside of a ticket's thread and without its number.
    NumberMissing,
    /// The article is gone, or not for this person.
    NoSuchArticle,
    /// A file that was sent along could not be fetched.
    FileUnreached,
    /// Discord sent something that this version cannot read.
    Undecodable,
    /// More is asked at the moment than can be answered in time.
    Busy,
    /// What can only come at once, as a form, took too long.
    Late,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Mistake> for Failure {
    fn from(mistake: Mistake) -> Self {
        Self::Mistaken(mistake)
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(refusal) => Self::Refused(refusal),
            DeskError::Internal(error) => Self::Internal(error.into()),
            DeskError::Knowledge(error) => error.into(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<KnowledgeError> for Failure {
    fn from(error: KnowledgeError) -> Self {
        match error {
            KnowledgeError::Busy => Self::Mistaken(Mistake::Busy),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        Self::Internal(error.into())
    }
}

/// What a person reads who is refused.
pub(crate) fn refusal(
    language: Language,
    reader: UserId,
    refusal: &Refusal,
    set_up: Option<&SetUp>,
) -> String {
    match refusal {
        Refusal::NotSetUp => text::refused_not_set_up(language),
        Refusal::NoSuchTicket => text::refused_no_such_ticket(language),
        Refusal::NoSuchQuestion => text::refused_no_such_question(language),
        Refusal::NoSuchGap => text::refused_no_such_gap(language),
        Refusal::NoSuchLesson => text::refused_no_such_lesson(language),
        Refusal::Denied(denied) => self::denied(language, *denied, set_up),
        Refusal::Transition(error) => transition(language, reader, error),
        Refusal::TextMissing => text::refused_text_missing(language),
        Refusal::TextTooLong { max } => text::refused_text_too_long(language, *max),
        Refusal::NotAnAgent { user } => text::refused_not_an_agent(language, words::person(*user)),
        Refusal::WhichSpecialism { specialisms } => {
            let names: Vec<_> =
                specialisms.iter().map(|specialism| words::specialism_label(language, specialism)).collect();
            text::refused_which_specialism(language, names.join(", "))
        }
        Refusal::NoSuchSpecialism => text::refused_no_such_specialism(language),
        Refusal::NoSuchReply => text::refused_no_such_reply(language),
        Refusal::DuplicateOfItself => text::refused_duplicate_of_itself(language),
        Refusal::OriginalClosed { number } => text::refused_original_closed(language, number.0),
        Refusal::NoSuchIncident => text::refused_no_such_incident(language),
        Refusal::WhichIncident { titles } => {
            let titles: Vec<_> = titles.iter().map(|title| words::plain(title)).collect();
            text::refused_which_incident(language, titles.join(", "))
        }
        Refusal::IncidentOver { by, at } => {
            text::refused_incident_over(language, words::person(*by), words::relative(*at))
        }
        Refusal::ProposalTaken => text::refused_proposal_taken(language),
        Refusal::PartOfIncident => text::refused_part_of_incident(language),
        Refusal::NotRated => text::refused_not_rated(language),
        Refusal::NoSuchArticle => text::refused_no_such_article(language),
        Refusal::ArticleTooLong { max } => text::refused_article_too_long(language, *max),
        Refusal::Review(error) => review(language, error),
        Refusal::RoleMissing => text::refused_role_missing(language),
        Refusal::RoleOfSetUp => text::refused_role_of_set_up(language),
        Refusal::NoSuchCategory { name: None } => text::refused_no_such_category(language),
        Refusal::NoSuchCategory { name: Some(name) } => {
            text::refused_no_such_category_named(language, words::plain(name))
        }
        Refusal::TooManyOwnTickets { max } => text::refused_too_many_own_tickets(language, *max),
        Refusal::TooManyTickets { max } => text::refused_too_many_tickets(language, *max),
        Refusal::TooManyCategories { max } => text::refused_too_many_categories(language, *max),
        Refusal::DecidedByStaff => text::refused_decided_by_staff(language),
        Refusal::NotFourTimes(_) => text::refused_not_four_times(language),
        Refusal::NoSuchEnd(NoSuchEnd::Unreadable) => text::refused_no_such_end(language),
        Refusal::NoSuchEnd(NoSuchEnd::NoZone) => text::refused_end_no_zone(language),
        Refusal::Webhook(Unsafe::NoAddress) => text::refused_webhook_no_address(language),
        Refusal::Webhook(Unsafe::NotHttps) => text::refused_webhook_not_https(language),
        Refusal::Webhook(Unsafe::Private) => text::refused_webhook_private(language),
        Refusal::NoSuchScenario => text::refused_no_such_scenario(language),
        Refusal::NoScenarios => text::refused_no_scenarios(language),
        Refusal::NoSuchPractice => text::refused_no_such_practice(language),
        Refusal::NoPractice => text::refused_no_practice(language),
        Refusal::PracticeRunning { thread: Some(thread) } => {
            text::refused_practice_running(language, words::channel(*thread))
        }
        Refusal::PracticeRunning { thread: None } => text::refused_practice_running_unlinked(language),
        Refusal::PracticeForOneself => text::refused_practice_for_oneself(language),
        Refusal::Practice(error) => practice(language, *error),
        Refusal::Typed(fault) => typed(language, fault),
        Refusal::Ics(fault) => match fault {
            IcsFault::NotACalendar => text::refused_ics_none(language),
            IcsFault::TooLarge => text::refused_ics_too_large(language, ics::FILE_MAX / 1024),
            IcsFault::TooMany => text::refused_ics_too_many(language, ics::IMPORTED_MAX),
            IcsFault::Empty => text::refused_ics_empty(language),
        },
        Refusal::NoSuchZone => text::refused_no_such_zone(language),
        Refusal::HoursIncomplete => text::refused_hours_incomplete(language),
        Refusal::NeverOpen => text::refused_never_open(language),
        Refusal::SlaBackwards => text::refused_sla_backwards(language),
        Refusal::SlaIncomplete => text::refused_sla_incomplete(language),
        Refusal::UnfinishedTickets { numbers } => {
            let numbers: Vec<_> = numbers.iter().map(|number| format!("#{number}")).collect();
            text::refused_unfinished_tickets(language, numbers.join(", "))
        }
        Refusal::DaysMissing => text::refused_days_missing(language),
        Refusal::NoSuchRetention(NoSuchRetention { min, max }) => {
            text::refused_no_such_retention(language, *min, *max)
        }
        Refusal::RatingOutOfRange => text::refused_rating(language),
    }
}

fn denied(language: Language, denied: Denied, set_up: Option<&SetUp>) -> String {
    match denied {
        Denied::FirstLevelOnly => match set_up {
            Some(set_up) => text::denied_role_only(language, words::role(set_up.settings.first_level)),
            None => text::denied_staff_only(language),
        },
        Denied::SpecialistsOnly { specialism } => {
            match set_up.and_then(|set_up| set_up.specialism(specialism)) {
                Some(specialism) => text::denied_role_only(language, words::role(specialism.role)),
                None => text::denied_staff_only(language),
            }
        }
        Denied::SecondLevelOnly => text::denied_second_level_only(language),
        Denied::StaffOnly => text::denied_staff_only(language),
        Denied::HolderOnly { holder, since } => {
            text::denied_holder_only(language, words::person(holder), words::relative(since))
        }
        Denied::RequesterOnly => text::denied_requester_only(language),
        Denied::ManagersOnly => text::denied_managers_only(language),
        Denied::ReviewersOnly => text::denied_reviewers_only(language),
        Denied::PractisingOnly { agent } => text::denied_practising_only(language, words::person(agent)),
    }
}

fn practice(language: Language, error: PracticeError) -> String {
    match error {
        PracticeError::Decided => text::refused_practice_decided(language),
        PracticeError::Undecided => text::refused_practice_undecided(language),
        PracticeError::Over => text::refused_practice_over(language),
        PracticeError::ToWhom => text::refused_practice_to_whom(language),
    }
}

fn review(language: Language, error: &ReviewError) -> String {
    match error {
        ReviewError::Decided(Review::Published { by, at }) => {
            text::refused_article_published(language, words::person(*by), words::relative(*at))
        }
        ReviewError::Decided(Review::Discarded { by, at, .. }) => {
            text::refused_article_discarded(language, words::person(*by), words::relative(*at))
        }
        ReviewError::Decided(Review::Withdrawn { by, at }) => {
            text::refused_article_withdrawn(language, words::person(*by), words::relative(*at))
        }
        ReviewError::Decided(Review::Waiting { .. }) => text::refused_article_waiting(language),
        ReviewError::Newer { by, at } => {
            text::refused_article_newer(language, words::person(*by), words::relative(*at))
        }
        ReviewError::NotLive => text::refused_article_not_live(language),
    }
}

/// Names the part that cannot be read, and shows how it is written.
fn typed(language: Language, fault: &TypedFault) -> String {
    let part = |part: &str| words::plain(&part.chars().take(PART_MAX).collect::<String>());
    match fault {
        TypedFault::Weekday(said) => text::refused_weekday(language, part(said)),
        TypedFault::Time(said) if said.is_empty() => text::refused_times_missing(language),
        TypedFault::Time(said) => text::refused_time(language, part(said)),
        TypedFault::WeekdayMissing(said) => text::refused_weekday_missing(language, part(said)),
        TypedFault::Backwards(said) => text::refused_backwards(language, part(said)),
        TypedFault::Overlap(said) => text::refused_overlap(language, part(said)),
        TypedFault::Date(said) => text::refused_date(language, part(said)),
        TypedFault::Span(said) => text::refused_span(language, part(said)),
        TypedFault::TooMany => text::refused_days_off_too_many(language, DAYS_OFF_MAX),
    }
}

fn transition(language: Language, reader: UserId, error: &TransitionError) -> String {
    match error {
        TransitionError::Taken { holder, since } if *holder == reader => {
            text::refused_taken_by_you(language, words::relative(*since))
        }
        TransitionError::Taken { holder, since } => {
            text::refused_taken(language, words::person(*holder), words::relative(*since))
        }
        TransitionError::Wrong { now } => text::refused_wrong_state(language, words::status(language, *now)),
        TransitionError::Waiting { since } => text::refused_waiting(language, words::relative(*since)),
        TransitionError::TooLate { closed } => text::refused_too_late(language, words::relative(*closed)),
    }
}

/// What a person reads whose input makes no sense here.
pub(crate) fn mistake(language: Language, mistake: Mistake) -> String {
    match mistake {
        Mistake::OutsideServer => text::mistake_outside_server(language),
        Mistake::UnknownButton => text::mistake_unknown_button(language),
        Mistake::UnknownCommand => text::mistake_unknown_command(language),
        Mistake::NumberMissing => text::mistake_number_missing(language),
        Mistake::NoSuchArticle => text::mistake_no_such_article(language),
        Mistake::FileUnreached => text::mistake_file_unreached(language),
        Mistake::Undecodable => text::mistake_undecodable(language),
        Mistake::Busy => text::mistake_busy(language),
        Mistake::Late => text::mistake_late(language),
    }
}
