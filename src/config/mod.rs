//! The settings of a running desk: read from the environment or from flags of the same names, and checked together, so
//! that every fault is named in one go.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::store::Database;

/// Discord itself.
pub const DISCORD: &str = "https://discord.com";
/// Where the database and the index are kept by default.
const DATA: &str = "data";
/// Where the articles are by default.
const KB: &str = "kb";

/// Where the database is, for commands that need nothing else.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Folder for the database and the index
    #[arg(long, visible_alias = "data", env = "FRONTDESK_DATA", value_name = "FOLDER", default_value = DATA)]
    frontdesk_data: PathBuf,
    /// `sqlite://PATH` or `postgres://USER@HOST/NAME` [default: a file in the data folder]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "ADDRESS")]
    database_url: Option<SecretString>,
}

/// What was given, unchecked. Texts only, so that one bad value does not hide another.
#[derive(Args, Clone, Debug, Default)]
pub struct Given {
    /// The bot's token (required). Better set in the environment: flags can be read by every user of the machine.
    #[arg(long, env = "DISCORD_TOKEN", hide_env_values = true)]
    discord_token: Option<SecretString>,
    /// Origin of Discord's REST API
    #[arg(long, env = "FRONTDESK_DISCORD_URL", value_name = "ORIGIN", default_value = DISCORD)]
    frontdesk_discord_url: String,
    /// Folder for the database and the index
    #[arg(long, visible_alias = "data", env = "FRONTDESK_DATA", value_name = "FOLDER", default_value = DATA)]
    frontdesk_data: PathBuf,
    /// `sqlite://PATH` or `postgres://USER@HOST/NAME` [default: a file in the data folder]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "ADDRESS")]
    database_url: Option<SecretString>,
    /// Folder of articles
    #[arg(long, visible_alias = "kb", env = "FRONTDESK_KB", value_name = "FOLDER", default_value = KB)]
    frontdesk_kb: PathBuf,
    /// What transcripts of tickets hold: `story`, what happened, or `messages`, what was written as well
    #[arg(long, env = "FRONTDESK_TRANSCRIPTS", value_name = "story|messages", default_value = "story")]
    frontdesk_transcripts: String,
    /// Where health and figures can be read by machines: `8080` for this machine alone, or an address such as
    /// `0.0.0.0:8080` [default: nowhere]
    #[arg(long, env = "FRONTDESK_HTTP", value_name = "[ADDRESS:]PORT")]
    frontdesk_http: Option<String>,
}

/// What a desk runs with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// Origin of Discord's REST API, without a slash at its end.
    pub origin: String,
    /// Where the index is kept.
    pub data: PathBuf,
    /// The database.
    pub database: Database,
    /// Where the articles are.
    pub kb: PathBuf,
    /// What transcripts hold.
    pub transcripts: Transcripts,
    /// Where health and figures are served, if anywhere.
    pub http: Option<SocketAddr>,
}

/// What the transcript of a ticket holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transcripts {
    /// What happened, from the database.
    #[default]
    Story,
    /// What was written in the thread as well. Discord shows it only to bots with the Message Content Intent.
    Messages,
}

/// A setting that will not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {fault}")]
pub struct Fault {
    /// The setting's name in the environment.
    pub name: &'static str,
    /// What is wrong and what to do.
    pub fault: String,
}

impl Place {
    /// The database, unopened.
    pub fn database(self) -> Result<Database, Fault> {
        database(self.database_url, &self.frontdesk_data)
            .map_err(|fault| Fault { name: "DATABASE_URL", fault })
    }
}

impl Given {
    /// Checks everything, and names every fault.
    pub fn check(self) -> Result<Settings, Vec<Fault>> {
        let mut faults = Vec::new();
        let token = note(&mut faults, "DISCORD_TOKEN", token(self.discord_token));
        let origin = note(&mut faults, "FRONTDESK_DISCORD_URL", origin(&self.frontdesk_discord_url));
        let data = note(&mut faults, "FRONTDESK_DATA", writable_folder(&self.frontdesk_data));
        let database = database(self.database_url, &self.frontdesk_data);
        let database = note(&mut faults, "DATABASE_URL", database);
        let kb = note(&mut faults, "FRONTDESK_KB", readable_folder(&self.frontdesk_kb));
        let transcripts = transcripts(&self.frontdesk_transcripts);
        let transcripts = note(&mut faults, "FRONTDESK_TRANSCRIPTS", transcripts);
        let http = note(&mut faults, "FRONTDESK_HTTP", http(self.frontdesk_http.as_deref()));
        let (Some(token), Some(origin), Some(data), Some(database), Some(kb), Some(transcripts), Some(http)) =
            (token, origin, data, database, kb, transcripts, http)
        else {
            return Err(faults);
        };
        Ok(Settings { token, origin, data, database, kb, transcripts, http })
    }
}

/// Whether an address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(url::Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

fn note<T>(faults: &mut Vec<Fault>, name: &'static str, checked: Result<T, String>) -> Option<T> {
    checked.map_err(|fault| faults.push(Fault { name, fault })).ok()
}

fn token(given: Option<SecretString>) -> Result<SecretString, String> {
    let token = given.ok_or("is missing; copy the bot's token from Discord's developer portal")?;
    let text = token.expose_secret().trim();
    let text = text.strip_prefix("Bot ").unwrap_or(text);
    if text.is_empty() {
        return Err("is empty; copy the bot's token from Discord's developer portal".to_owned());
    }
    if !text.chars().all(|character| character.is_ascii_graphic()) {
        return Err("holds characters that no token has; copy it anew".to_owned());
    }
    Ok(SecretString::from(text))
}

fn origin(given: &str) -> Result<String, String> {
    let url =
        Url::parse(given).map_err(|error| format!("is no address ({error}); write it like {DISCORD}"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(
                "must be https, because the token is sent there; http is for this machine only".to_owned()
            );
        }
        _ => return Err(format!("must begin with https://, like {DISCORD}")),
    }
    if !url.has_host() || !url.username().is_empty() || url.password().is_some() {
        return Err(format!("must be an origin such as {DISCORD}, without a user name or password"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("must end after the host, because /api/v10 is added to it".to_owned());
    }
    Ok(url.origin().ascii_serialization())
}

fn writable_folder(folder: &Path) -> Result<PathBuf, String> {
    let fault = |error: std::io::Error| format!("cannot write the folder {} ({error})", folder.display());
    std::fs::create_dir_all(folder).map_err(fault)?;
    // The permission bits do not tell for every file system and user; writing does.
    let probe = folder.join(format!(".frontdesk-probe-{}", std::process::id()));
    std::fs::write(&probe, b"").map_err(fault)?;
    std::fs::remove_file(&probe).map_err(fault)?;
    Ok(folder.to_owned())
}

fn readable_folder(folder: &Path) -> Result<PathBuf, String> {
    let fault = |error: std::io::Error| {
        format!("cannot read the folder {} ({error}); name the folder of your articles", folder.display())
    };
    std::fs::read_dir(folder).map_err(fault)?;
    Ok(folder.to_owned())
}

fn transcripts(given: &str) -> Result<Transcripts, String> {
    match given {
        "story" => Ok(Transcripts::Story),
        "messages" => Ok(Transcripts::Messages),
        _ => Err("is neither story nor messages".to_owned()),
    }
}

/// A port alone is a port of this machine: who wants to be seen from outside says so.
fn http(given: Option<&str>) -> Result<Option<SocketAddr>, String> {
    let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) else { return Ok(None) };
    if let Ok(port) = given.parse() {
        return Ok(Some((Ipv4Addr::LOCALHOST, port).into()));
    }
    given.parse().map(Some).map_err(|_| {
        "is neither a port nor an address with a port; write 8080, or 0.0.0.0:8080 to be seen from outside".to_owned()
    })
}

fn database(given: Option<SecretString>, data: &Path) -> Result<Database, String> {
    match given {
        None => Ok(Database::Sqlite(data.join("frontdesk.db"))),
        Some(url) => Database::from_url(&url).map_err(|error| error.to_string()),
    }
}
