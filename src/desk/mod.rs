//! What people can do with the desk: one use case a file.
//!
//! A use case takes who acts and what they want, decides in one transaction, and returns data. It formats no text and
//! calls no Discord: what must show there is queued in the same transaction and delivered by the outbox.

mod alike;
mod ask;
mod assess;
mod banners;
mod change;
mod close;
mod daily;
mod duplicate;
mod duty;
mod escalate;
mod figures;
mod given_up;
mod hear;
mod incident;
mod ladder;
mod learn;
mod look;
mod open;
mod organise;
mod outlook;
mod practice;
mod privacy;
mod rate;
mod reconcile;
mod reply;
pub mod report;
mod resolve;
mod retention;
mod review;
mod set_up;
mod shelves;
mod take;
mod tend;
mod terms;
mod timers;
mod transcript;
mod wait;
mod write;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::domain::category::Category;
use crate::domain::desk::{DeskPeople, DeskSettings, Specialism};
use crate::domain::desk_article::ReviewError;
use crate::domain::ics::IcsFault;
use crate::domain::id::{ChannelId, GuildId, TicketNumber, UserId};
use crate::domain::policy::Denied;
use crate::domain::practice::PracticeError;
use crate::domain::schedule::Terms;
use crate::domain::ticket::TransitionError;
use crate::domain::time::{Clock, Timestamp};
use crate::domain::typed::TypedFault;
use crate::knowledge::{Knowledge, KnowledgeError};
use crate::store::{Store, StoreError};

pub use alike::ProposalInfo;
pub use ask::Asking;
pub use assess::Description;
pub use duty::{Duty, DutyChange};
pub use escalate::{Escalating, Packet};
pub use figures::{ArticleLine, Gap, Gaps, Statistics};
pub use hear::Message;
pub use incident::{INCIDENT_TEXT_MAX, INCIDENT_TITLE_MAX, Joined};
pub use ladder::Call;
pub use learn::{ArticleLessons, Forgetting};
pub use look::{Page, TicketInfo};
pub use open::{Opened, Opening, Origin, ReplyToken};
pub use organise::{CategoryChange, VipChange};
pub use practice::{PRACTICE_TEXT_MAX, PracticeChoice, PracticeEnd, PracticeSheet};
pub use privacy::Forgotten;
pub use reconcile::{Inventory, Missing, number_in_name};
pub use review::ReviewSheet;
pub use set_up::{SpecialismChange, SpecialismEdit, SpecialismSaved};
pub use shelves::ShelfError;
pub use take::Assignee;
pub use terms::{HolidayChange, HoursChange, Imported, SlaChange, read_calendar_file};
pub use timers::Rang;
pub use transcript::{Reader, Transcript};
pub use write::{Alike, ArticleText, Prefilled, Saved, TITLE_MAX, Writing};

/// Longest subject: what fits into a thread's name beside its number, and one line of a list.
pub const SUBJECT_MAX: usize = 80;
/// Longest free text that people give: Discord's own limit for a text input in a form.
pub const TEXT_MAX: usize = 4000;

/// The desk of every server that this process serves.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Where everything that matters is.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// The articles.
    pub knowledge: Knowledge,
    /// Rung after a commit, so that the outbox looks at once.
    doorbell: Arc<Notify>,
    /// Servers that should be compared with Discord soon.
    to_compare: Arc<Mutex<BTreeSet<GuildId>>>,
    unwritten: Arc<ask::Unwritten>,
    shelves: Arc<shelves::Shelves>,
    banners: Arc<banners::Banners>,
}

/// What a server has set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// Channels, roles and language.
    pub settings: DeskSettings,
    /// Its specialisms, the default one first.
    pub specialisms: Vec<Specialism>,
    /// Its categories.
    pub categories: Vec<Category>,
    /// Whose tickets are one level up, and who is called last.
    pub people: DeskPeople,
    /// When it is open and what it promises.
    pub terms: Terms,
}

impl SetUp {
    /// One of its specialisms, unless it was retired.
    pub fn specialism(&self, id: crate::domain::id::SpecialismId) -> Option<&Specialism> {
        self.specialisms.iter().find(|specialism| specialism.id == id)
    }
}

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// It cannot be done, and a person can be told why and what to do instead.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Our own fault.
    #[error(transparent)]
    Internal(#[from] StoreError),
    /// Our own fault, of the articles.
    #[error(transparent)]
    Knowledge(KnowledgeError),
}

/// Why something cannot be done, as people can be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This server has no desk yet.
    #[error("this server has no desk yet")]
    NotSetUp,
    /// There is no such ticket here.
    #[error("no such ticket in this server")]
    NoSuchTicket,
    /// There is no such question here, or it is somebody else's.
    #[error("no such question of this person in this server")]
    NoSuchQuestion,
    /// There is no such group of questions here any more.
    #[error("no such group of questions in this server")]
    NoSuchGap,
    /// Nothing of the kind was learned here.
    #[error("no such lesson in this server")]
    NoSuchLesson,
    /// The person may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The ticket's state does not allow it.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// There is no such article here.
    #[error("no such article in this server")]
    NoSuchArticle,
    /// An article is longer than a form holds.
    #[error("an article is longer than {max} characters")]
    ArticleTooLong {
        /// Characters.
        max: usize,
    },
    /// The article's state does not allow it.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// A text is missing or has nothing to read in it.
    #[error("a text is missing")]
    TextMissing,
    /// A text is longer than we keep.
    #[error("a text is longer than {max} characters")]
    TextTooLong {
        /// Characters.
        max: usize,
    },
    /// A ticket can only be given to a first-level agent.
    #[error("{user} is no first-level agent")]
    NotAnAgent {
        /// Who was meant.
        user: UserId,
    },
    /// The server has several specialisms, and none was named.
    #[error("several specialisms to choose from")]
    WhichSpecialism {
        /// The choice.
        specialisms: Vec<Specialism>,
    },
    /// There is no such specialism here.
    #[error("no such specialism in this server")]
    NoSuchSpecialism,
    /// There is no such prepared reply.
    #[error("no such prepared reply")]
    NoSuchReply,
    /// A ticket cannot follow itself.
    #[error("a ticket is no duplicate of itself")]
    DuplicateOfItself,
    /// What is closed cannot be followed.
    #[error("ticket {number} is closed")]
    OriginalClosed {
        /// Which.
        number: TicketNumber,
    },
    /// There is no such incident here.
    #[error("no such incident in this server")]
    NoSuchIncident,
    /// Several incidents are open, and none was named.
    #[error("several incidents to choose from")]
    WhichIncident {
        /// Their titles.
        titles: Vec<String>,
    },
    /// The incident has ended.
    #[error("{by} closed the incident at {at}")]
    IncidentOver {
        /// Who closed it.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// An incident was opened from this proposal before.
    #[error("an incident was opened from this already")]
    ProposalTaken,
    /// The ticket is part of an incident already.
    #[error("the ticket is part of an incident already")]
    PartOfIncident,
    /// A comment needs a rating.
    #[error("there is no rating yet")]
    NotRated,
    /// A new specialism needs a role.
    #[error("a new specialism needs a role")]
    RoleMissing,
    /// The role of the specialism that set-up makes is set-up's.
    #[error("that role is chosen with the set-up")]
    RoleOfSetUp,
    /// There is no such category here.
    #[error("no such category in this server")]
    NoSuchCategory {
        /// What was typed, where it was one of several.
        name: Option<String>,
    },
    /// A server has room for so many categories, and no more.
    #[error("more than {max} categories")]
    TooManyCategories {
        /// How many there may be.
        max: usize,
    },
    /// A person has so many unsolved tickets, and opens no more.
    #[error("more than {max} unsolved tickets of one person")]
    TooManyOwnTickets {
        /// How many there may be.
        max: i64,
    },
    /// A server has so many unsolved tickets, and opens no more.
    #[error("more than {max} unsolved tickets in a server")]
    TooManyTickets {
        /// How many there may be.
        max: i64,
    },
    /// Staff have decided this, so the requester does not.
    #[error("staff have decided this already")]
    DecidedByStaff,
    /// Four times in minutes are needed, for P1 to P4.
    #[error(transparent)]
    NotFourTimes(#[from] crate::domain::ladder::NotFourTimes),
    /// An end of duty that is not understood, or not within a week.
    #[error(transparent)]
    NoSuchEnd(#[from] crate::domain::duty::NoSuchEnd),
    /// A webhook that must not be called.
    #[error(transparent)]
    Webhook(#[from] crate::domain::webhook::Unsafe),
    /// There is no such practice scenario.
    #[error("no such practice scenario")]
    NoSuchScenario,
    /// There is no practice scenario at all.
    #[error("no practice scenarios")]
    NoScenarios,
    /// There is no such practice ticket here.
    #[error("no such practice ticket in this server")]
    NoSuchPractice,
    /// This person practises nothing.
    #[error("this person practises nothing")]
    NoPractice,
    /// This person is at another practice ticket.
    #[error("this person is at another practice ticket")]
    PracticeRunning {
        /// Where.
        thread: Option<ChannelId>,
    },
    /// Nobody begins or stops practice for somebody else.
    #[error("practice is for oneself")]
    PracticeForOneself,
    /// The practice ticket's state does not allow it.
    #[error(transparent)]
    Practice(#[from] PracticeError),
    /// A part of a text cannot be read.
    #[error(transparent)]
    Typed(#[from] TypedFault),
    /// A file cannot be read.
    #[error(transparent)]
    Ics(#[from] IcsFault),
    /// There is no such time zone.
    #[error("no such time zone")]
    NoSuchZone,
    /// Opening hours begin with a time zone and the times of a week.
    #[error("opening hours need a time zone and the times of a week")]
    HoursIncomplete,
    /// With these opening hours and days off the desk never opens.
    #[error("it never opens")]
    NeverOpen,
    /// A solution cannot be promised sooner than a first response.
    #[error("the solution would be due before the first response")]
    SlaBackwards,
    /// What is to be promised, and for which priority?
    #[error("a priority and a span are needed")]
    SlaIncomplete,
    /// Somebody who wants to be forgotten has to finish these first.
    #[error("tickets are not finished yet")]
    UnfinishedTickets {
        /// Some of them.
        numbers: Vec<TicketNumber>,
    },
    /// It is not said for how many days.
    #[error("the number of days is missing")]
    DaysMissing,
    /// Texts cannot be kept for so many days.
    #[error(transparent)]
    NoSuchRetention(#[from] crate::domain::privacy::NoSuchRetention),
    /// A rating must be from 1 to 5.
    #[error("a rating is from 1 to 5")]
    RatingOutOfRange,
}

impl Desk {
    /// A desk over a database and its articles.
    pub fn new(store: Store, clock: Clock, knowledge: Knowledge) -> Self {
        Self {
            store,
            clock,
            knowledge,
            doorbell: Arc::default(),
            to_compare: Arc::default(),
            unwritten: Arc::default(),
            shelves: Arc::default(),
            banners: Arc::default(),
        }
    }

    /// What a server has set up, if it has.
    pub async fn set_up(&self, guild: GuildId) -> Result<Option<SetUp>, StoreError> {
        let Some(settings) = self.store.desk(guild).await? else { return Ok(None) };
        let specialisms = self.store.specialisms(guild).await?;
        let categories = self.store.categories(guild).await?;
        let people = self.store.desk_people(guild).await?;
        let terms = self.store.terms(guild).await?;
        Ok(Some(SetUp { settings, specialisms, categories, people, terms }))
    }

    /// Tells the outbox that there may be something to deliver. Called after the person was answered, so that the
    /// answer never waits behind a delivery; a forgotten call only costs the outbox's own pause.
    pub fn ring(&self) {
        self.doorbell.notify_one();
    }

    /// Something happened to a server by hand that should be compared with the desk soon.
    pub fn look_soon(&self, guild: GuildId) {
        self.to_compare.lock().unwrap_or_else(PoisonError::into_inner).insert(guild);
    }

    /// The servers that [`Self::look_soon`] was called for since this was asked last.
    pub fn asked_to_look(&self) -> BTreeSet<GuildId> {
        std::mem::take(&mut *self.to_compare.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until [`Self::ring`] is called.
    pub async fn rung(&self) {
        self.doorbell.notified().await;
    }
}

/// A text that people gave, without the blanks around it.
fn text(given: &str, max: usize) -> Result<String, Refusal> {
    let trimmed = given.trim();
    if !trimmed.chars().any(is_readable) {
        return Err(Refusal::TextMissing);
    }
    if trimmed.chars().count() > max {
        return Err(Refusal::TextTooLong { max });
    }
    Ok(trimmed.to_owned())
}

/// A text that people may leave out.
fn optional_text(given: Option<&str>, max: usize) -> Result<Option<String>, Refusal> {
    match given.map(|given| text(given, max)) {
        None | Some(Err(Refusal::TextMissing)) => Ok(None),
        Some(Ok(text)) => Ok(Some(text)),
        Some(Err(refusal)) => Err(refusal),
    }
}

/// Whether a character shows something: not a blank, a control, or one of the invisible ones that pass for text.
fn is_readable(character: char) -> bool {
    let invisible = matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}');
    !(invisible || character.is_whitespace() || character.is_control())
}
