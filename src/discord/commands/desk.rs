//! `/desk …`: setting the desk up and looking after it.

use crate::desk::SpecialismChange;
use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::rest::RestError;
use crate::discord::set_up_check::{self, Severity};
use crate::discord::views;
use crate::domain::article::Language;
use crate::domain::desk::{DeskSettings, Specialism};
use crate::domain::id::{ChannelId, RoleId, UserId};

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
    let named: Vec<Specialism> =
        set_up.specialisms.iter().filter(|specialism| specialism.name.is_some()).cloned().collect();
    let findings = set_up_check::check(&around, &set_up.settings, &named);
    let dead = call.cx.desk.store.dead_jobs(call.actor.guild, DEAD_MAX).await?;
    let transcripts = set_up_check::check_transcripts(&call.cx.rest, call.cx.transcripts).await?;
    Ok(Answer::Ephemeral(views::set_up::checked(call.language(), &findings, &dead, transcripts)))
}

/// Saves or retires a named specialism.
pub(super) async fn specialism(call: &Call<'_>, given: Given<'_>) -> Reply {
    let name = given.text("name").unwrap_or_default();
    let role = given.role("role");
    let change = match role {
        _ if given.flag("remove") => SpecialismChange::Retire,
        Some(role) => SpecialismChange::Save {
            role: RoleId::from_snowflake(role.id.get()),
            channel: given.channel("channel").map(|channel| ChannelId::from_snowflake(channel.id.get())),
        },
        None => {
            // Whoever may not do this at all reads that first.
            call.cx.desk.may_set_up(&call.actor)?;
            return Err(Mistake::RoleMissing.into());
        }
    };
    let set_up = call.cx.desk.change_specialism(&call.actor, name, change).await?;
    Ok(Answer::Ephemeral(views::set_up::specialisms(call.language(), &set_up)))
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
