//! Stories: what people do and what they see, against the sandbox through the real client.

mod articles;
mod asking;
mod by_hand;
mod changing_articles;
mod closing;
mod conversation;
mod deadlines;
mod escalating;
mod faults;
mod files;
mod floods;
mod gateway;
mod incidents;
mod learning;
mod load;
mod on_call;
mod opening;
mod organisation;
mod practice;
mod privacy;
mod reports;
mod rights;
mod setting_up;
mod transcripts;
mod unheard;
mod working;
