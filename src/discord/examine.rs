//! Discord as an admin's check sees it: the token, the bot, and each desk's channels and rights, in sentences for a
//! terminal. It asks and changes nothing.

use std::collections::HashMap;

use secrecy::SecretString;
use serde::Deserialize;
use serenity::http::Route;
use serenity::model::id::{ApplicationId, GuildId};

use super::gateway::{BotGateway, invitation};
use super::rest::{Rest, RestError};
use super::set_up_check::{self, Severity, TranscriptCheck};
use super::views;
use crate::config::Transcripts;
use crate::domain::article::Language;
use crate::domain::desk::{DeskSettings, Specialism};
use crate::domain::diagnosis::Finding;
use crate::domain::id::UserId;
use crate::domain::time::Timestamp;
use crate::store::Dead;

/// Discord's answer when the bot is in no such server, or may not see it.
const NOT_THERE: [u64; 2] = [10_004, 50_001];

#[derive(Deserialize)]
struct Application {
    id: ApplicationId,
    name: String,
    bot: Option<Bot>,
}

#[derive(Deserialize)]
struct Bot {
    id: serenity::model::id::UserId,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default)]
    name: String,
}

/// The token, the bot and the connection, and then each desk.
pub async fn examine(
    (origin, token): (&str, &SecretString),
    transcripts: Transcripts,
    desks: &[(DeskSettings, Vec<Specialism>)],
) -> Vec<Finding> {
    let rest = match Rest::new(origin, token) {
        Ok(rest) => rest,
        Err(error) => return vec![Finding::fault(error.to_string())],
    };
    let mut findings = Vec::new();
    let bot = match look_at_bot(&rest, transcripts, &mut findings).await {
        Ok(bot) => bot,
        Err(error) => {
            findings.push(Finding::fault(if error.is_unauthorized() {
                "Discord refuses DISCORD_TOKEN; copy the bot's token anew from the developer portal"
                    .to_owned()
            } else {
                format!("{error}; {origin} cannot be asked now")
            }));
            return findings;
        }
    };
    if desks.is_empty() {
        findings.push(Finding::warning("no server has set up a desk yet; use /desk setup there"));
    }
    for (settings, specialisms) in desks {
        match look_at_desk(&rest, bot.account, settings, specialisms).await {
            Ok(found) => findings.extend(found),
            Err(error) if error.code().is_some_and(|code| NOT_THERE.contains(&code)) => {
                let link = invitation(bot.application);
                findings.push(Finding::fault(format!(
                    "the bot is not in server {} any more; invite it: {link}",
                    settings.guild
                )));
            }
            Err(error) => {
                findings
                    .push(Finding::fault(format!("server {} cannot be looked at: {error}", settings.guild)));
            }
        }
    }
    findings
}

struct Known {
    application: ApplicationId,
    account: UserId,
}

async fn look_at_bot(
    rest: &Rest,
    transcripts: Transcripts,
    findings: &mut Vec<Finding>,
) -> Result<Known, RestError> {
    let application: Application = rest.get(Route::Oauth2ApplicationCurrent).await?;
    // Applications that are older than bots have none in this answer; their ids are the same.
    let account = application.bot.map_or(application.id.get(), |bot| bot.id.get());
    findings.push(Finding::good(format!(
        "the token is that of {} (application {})",
        printable(&application.name),
        application.id
    )));
    findings.push(match set_up_check::check_transcripts(rest, transcripts).await? {
        TranscriptCheck::Story => Finding::good("no privileged intent is needed"),
        TranscriptCheck::Messages => {
            Finding::good("transcripts hold what was written; the Message Content Intent is on")
        }
        TranscriptCheck::Hidden => Finding::fault(
            "FRONTDESK_TRANSCRIPTS asks for what was written, but the Message Content Intent is off; switch it on in \
             the developer portal, under Bot",
        ),
    });
    let gateway: BotGateway = rest.get(Route::GatewayBot).await?;
    findings.push(match gateway.exhausted() {
        None => Finding::good(format!("the gateway takes connections ({} shards)", gateway.shards)),
        Some(reset_after) => Finding::fault(format!(
            "Discord allows no new session for {} minutes; something has connected too often",
            reset_after.as_secs() / 60 + 1
        )),
    });
    Ok(Known { application: application.id, account: UserId::from_snowflake(account) })
}

async fn look_at_desk(
    rest: &Rest,
    bot: UserId,
    settings: &DeskSettings,
    specialisms: &[Specialism],
) -> Result<Vec<Finding>, RestError> {
    let guild_id = GuildId::new(settings.guild.snowflake());
    let around = set_up_check::look_around(rest, settings.guild, bot).await?;
    let names = names(rest, guild_id).await?;
    let server = printable(names.get("").map_or("", String::as_str));
    let called = set_up_check::called(specialisms);
    let findings = set_up_check::check(&around, settings, &called);
    if findings.is_empty() {
        return Ok(vec![Finding::good(format!("{server}: everything that the desk needs is granted"))]);
    }
    let line = |finding: &set_up_check::Finding| {
        let line = readable(&views::set_up::finding_line(Language::En, finding), &names);
        let sentence = format!("{server}: {line}");
        match finding.severity {
            Severity::Missing => Finding::fault(sentence),
            Severity::Warning => Finding::warning(sentence),
        }
    };
    Ok(findings.iter().map(line).collect())
}

/// The names of the server (under no id), its channels and its roles, as Discord's markup refers to them.
async fn names(rest: &Rest, guild_id: GuildId) -> Result<HashMap<String, String>, RestError> {
    let guild: Named = rest.get(Route::Guild { guild_id }).await?;
    let channels: Vec<Named> = rest.get(Route::GuildChannels { guild_id }).await?;
    let roles: Vec<Named> = rest.get(Route::GuildRoles { guild_id }).await?;
    let channels = channels.into_iter().map(|named| (format!("<#{}>", named.id), format!("#{}", named.name)));
    let roles = roles
        .into_iter()
        .map(|named| (format!("<@&{}>", named.id), format!("@{}", named.name.trim_start_matches('@'))));
    Ok(channels.chain(roles).chain([(String::new(), guild.name)]).collect())
}

/// A name or an error without anything that moves a terminal's cursor or turns its lines around.
pub fn printable(text: &str) -> String {
    let is_harmless = |sign: &char| {
        !sign.is_control() && !matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(is_harmless).collect()
}

/// A line for Discord as a terminal shows it: names instead of ids, no bold.
fn readable(line: &str, names: &HashMap<String, String>) -> String {
    let named = names.iter().filter(|(mark, _)| !mark.is_empty());
    let line = named.fold(line.to_owned(), |line, (mark, name)| line.replace(mark, &printable(name)));
    line.replace("**", "")
}

/// A delivery that was given up, with what to do.
pub fn given_up(dead: &Dead, now: Timestamp) -> String {
    let minutes = now.since(dead.job.queued_at).as_secs() / 60;
    let age = match minutes {
        0..120 => format!("{minutes} minutes ago"),
        120..2880 => format!("{} hours ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    };
    let number = dead.number.map(|number| format!(" of #{number}")).unwrap_or_default();
    format!(
        "server {}: “{}”{number}, queued {age}, was given up: {}. {}",
        dead.job.guild,
        views::set_up::job_name(Language::En, &dead.job.job),
        printable(&dead.error),
        views::set_up::remedy(Language::En, &dead.error).replace('`', "")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_discord_is_readable_in_a_terminal() {
        let names = HashMap::from([
            (String::new(), "Nordlicht".to_owned()),
            ("<#1>".to_owned(), "#support".to_owned()),
            ("<@&2>".to_owned(), "@Network\u{1b}[31m".to_owned()),
        ]);
        let line = readable("I need **Manage Threads** in <#1>; <@&2> cannot.", &names);
        assert_eq!(line, "I need Manage Threads in #support; @Network[31m cannot.");
    }
}
