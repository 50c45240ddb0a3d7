//! Stories: what people do and what they see, against the sandbox through the real client.

mod articles;
mod asking;
mod changing_articles;
mod closing;
mod conversation;
mod deadlines;
mod escalating;
mod faults;
mod opening;
mod rights;
mod setting_up;
mod working;
