//! `/desk …`: setting the desk up and looking after it.

use super::ticket::named_specialism;
use crate::desk::{CategoryChange, DutyChange, Refusal, SpecialismChange, SpecialismEdit, VipChange};
use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::rest::RestError;
use crate::discord::set_up_check::{self, Severity};
use crate::discord::views;
use crate::domain::article::Language;
use crate::domain::desk::DeskSettings;
use crate::domain::id::{ChannelId, RoleId, UserId};
use crate::domain::ticket::Priority;

/// How many deliveries that were given up a check names.
const DEAD_MAX: i64 = 10;

/// Saves the desk if Discord grants all that it needs; otherwise says what is missing and leaves it as it was.
pub(super) async fn set_up(call: &Call<'_>, given: Given<'_>) -> Reply {
    call.cx.desk.may_set_up(&call.actor)?;
    let settings = settings(call, &given).ok_or(Mistake::UnknownCommand)?;
    let around = look_around(call).await?;
    let findings = set_up_check::check(&around, &settings, &[]);
    if findings.iter().any(|finding| finding.severity == Severity::Missing) {
        let kept = call.set_up.is_some();
        return Ok(Answer::Ephemeral(views::set_up::refused(call.language(), &findings, kept)));
    }
    let saved = call.cx.desk.save_set_up(&call.actor, &settings).await?;
    Ok(Answer::Ephemeral(views::set_up::saved(call.language(), &saved, &findings)))
}

/// The same look at what is saved, and the deliveries that were given up.
pub(super) async fn check(call: &Call<'_>) -> Reply {
    call.cx.desk.may_set_up(&call.actor)?;
    let set_up = call.set_up()?;
    let around = look_around(call).await?;
    let called = set_up_check::called(&set_up.specialisms);
    let findings = set_up_check::check(&around, &set_up.settings, &called);
    let dead = call.cx.desk.store.dead_jobs(call.actor.guild, DEAD_MAX).await?;
    let transcripts = set_up_check::check_transcripts(&call.cx.rest, call.cx.transcripts).await?;
    Ok(Answer::Ephemeral(views::set_up::checked(call.language(), &findings, &dead, transcripts)))
}

/// Adds, changes or retires a specialism.
pub(super) async fn specialism(call: &Call<'_>, given: Given<'_>) -> Reply {
    // Whoever may not do this at all reads that first.
    call.cx.desk.may_set_up(&call.actor)?;
    let name = given.text("name").unwrap_or_default();
    let known = call.set_up.as_ref().and_then(|set_up| named_specialism(set_up, name));
    let change = if given.flag("remove") {
        SpecialismChange::Retire
    } else {
        SpecialismChange::Save(Box::new(edit(call, &given)?))
    };
    let saved = call.cx.desk.change_specialism(&call.actor, name, known, change).await?;
    let secret = saved.secret.as_ref();
    Ok(Answer::Ephemeral(views::organisation::specialisms(call.language(), &saved.set_up, secret)))
}

fn edit(call: &Call<'_>, given: &Given<'_>) -> Result<SpecialismEdit, Failure> {
    let text = |name| given.filled(name).map(str::to_owned);
    let role = |name| given.role(name).map(|role| RoleId::from_snowflake(role.id.get()));
    let webhook = match given.filled("webhook") {
        Some(typed) if typed.trim() == "-" => Some(None),
        Some(typed) => Some(Some(call.cx.provider.check(typed).map_err(Refusal::from)?)),
        None => None,
    };
    Ok(SpecialismEdit {
        role: role("role"),
        channel: given.channel("channel").map(|channel| ChannelId::from_snowflake(channel.id.get())),
        german: text("german"),
        serves: text("categories"),
        note: text("note"),
        lead: given.user("lead").map(|(user, _)| UserId::from_snowflake(user.id.get())),
        next_role: role("next_role"),
        timeouts: text("timeouts"),
        provider: given.said("provider"),
        reaction: given.number("reaction"),
        webhook,
    })
}

/// Adds, changes or retires a category, or says whose tickets are one level up; with nothing given, lists them all.
pub(super) async fn category(call: &Call<'_>, given: Given<'_>) -> Reply {
    call.cx.desk.may_set_up(&call.actor)?;
    let remove = given.flag("remove");
    let text = |name| given.filled(name).map(str::to_owned);
    let mut set_up = call.set_up()?.clone();
    if let Some(role) = given.role("vip_role") {
        let change = match (remove, given.filled("name")) {
            (true, None) => VipChange::Clear,
            _ => VipChange::Set(RoleId::from_snowflake(role.id.get())),
        };
        set_up = call.cx.desk.change_vip(&call.actor, change).await?;
    }
    if let Some(name) = given.filled("name") {
        let change = match (remove, given.text("priority")) {
            (true, _) => CategoryChange::Retire,
            (false, priority) => CategoryChange::Save {
                german: text("german"),
                keywords: text("keywords"),
                priority: priority.map(Priority::from_code),
            },
        };
        set_up = call.cx.desk.change_category(&call.actor, name, change).await?;
    }
    Ok(Answer::Ephemeral(views::organisation::categories(call.language(), &set_up)))
}

/// Goes on or off duty, and lists who is.
pub(super) async fn duty(call: &Call<'_>, given: Given<'_>) -> Reply {
    let change = match given.text("state") {
        Some("on") => DutyChange::On { until: given.filled("until") },
        Some("off") => DutyChange::Off,
        Some(_) => return Err(Mistake::UnknownCommand.into()),
        None => DutyChange::Look,
    };
    let duty = call.cx.desk.duty(&call.actor, change).await?;
    Ok(Answer::Ephemeral(views::organisation::duty(call.language(), &duty, call.set_up()?)))
}

/// What Discord says about the server of a call.
pub(super) async fn look_around(call: &Call<'_>) -> Result<set_up_check::Surroundings, RestError> {
    let bot = UserId::from_snowflake(call.cx.identified().await.bot.get());
    set_up_check::look_around(&call.cx.rest, call.actor.guild, bot).await
}

fn settings(call: &Call<'_>, given: &Given<'_>) -> Option<DeskSettings> {
    let channel = |name| Some(ChannelId::from_snowflake(given.channel(name)?.id.get()));
    let role = |name| Some(RoleId::from_snowflake(given.role(name)?.id.get()));
    let before = call.set_up.as_ref().map(|set_up| set_up.settings.language);
    Some(DeskSettings {
        guild: call.actor.guild,
        support_channel: channel("support_channel")?,
        queue_channel: channel("queue_channel")?,
        first_level: role("first_level")?,
        second_level: role("second_level")?,
        language: given
            .text("language")
            .and_then(Language::from_locale)
            .or(before)
            .unwrap_or_else(|| call.language()),
    })
}
