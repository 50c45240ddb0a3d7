//! The stories, one a file.

mod article;
mod beginning;
mod by_hand;
mod duplicate;
mod handing_over;
mod incident;
mod nobody_there;
mod practice;
mod silence;
mod solved;
mod ticket;
mod waiting;
mod weeks;

use super::story::Story;

/// All of them.
pub(crate) const STORIES: &[Story] = &[
    ticket::TICKET,
    waiting::WAITING,
    handing_over::HANDING_OVER,
    article::ARTICLE,
    incident::INCIDENT,
    duplicate::DUPLICATE,
    nobody_there::NOBODY_THERE,
    silence::SILENCE,
    solved::SOLVED,
    practice::PRACTICE,
    beginning::BEGINNING,
    weeks::WEEKS,
    by_hand::BY_HAND,
];
