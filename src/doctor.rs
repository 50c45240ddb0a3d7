//! Looking a desk over, as `frontdesk check` does: settings, database, articles, Discord, deliveries. It changes nothing,
//! and says everything that it finds in one go.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::config::{Given, Settings};
use crate::discord::examine;
use crate::domain::diagnosis::{Finding, Level};
use crate::domain::keeping::keeping;
use crate::domain::privacy::Retention;
use crate::domain::time::{Clock, Timestamp};
use crate::knowledge::lint;
use crate::store::transfer::{self, Schema, TransferError};
use crate::store::{Database, Store, StoreError};

/// How many deliveries that were given up are named for each server.
const DEAD_MAX: i64 = 20;
/// A delivery that waits longer than this shows that nothing delivers, or that Discord lets nothing through.
const LATE_MINUTES: u64 = 15;

/// What was found, by what it is about, in the order of looking.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Diagnosis {
    /// The parts with their findings.
    pub sections: Vec<(&'static str, Vec<Finding>)>,
    /// How many rows each table holds, and for how long they are kept.
    pub stored: BTreeMap<String, Stored>,
}

/// A table as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// How many rows it holds.
    pub rows: i64,
    /// For how long a row is kept.
    pub kept: String,
}

impl Diagnosis {
    /// The worst that was found.
    pub fn level(&self) -> Level {
        let findings = self.sections.iter().flat_map(|(_, findings)| findings);
        findings.map(|finding| finding.level).max().unwrap_or(Level::Good)
    }

    fn add(&mut self, section: &'static str, findings: impl IntoIterator<Item = Finding>) {
        self.sections.push((section, findings.into_iter().collect()));
    }
}

/// Looks at everything that these settings name.
pub async fn examine(given: Given, clock: &Clock) -> Diagnosis {
    let mut diagnosis = Diagnosis::default();
    let settings = match given.check() {
        Ok(settings) => settings,
        Err(faults) => {
            let faults = faults.iter().map(|fault| Finding::fault(fault.to_string()));
            let rest = Finding::warning("the rest is looked at when these are put right");
            diagnosis.add("settings", faults.chain([rest]));
            return diagnosis;
        }
    };
    diagnosis.add("settings", [Finding::good("every setting is sound")]);
    let store = look_at_database(&settings.database, &mut diagnosis).await;
    diagnosis.add("articles", [look_at_articles(&settings, clock.now().date())]);
    let (desks, deliveries) = match &store {
        Some(store) => read(store, clock.now()).await,
        None => (Vec::new(), Vec::new()),
    };
    let origin = (settings.origin.as_str(), &settings.token);
    diagnosis.add("discord", examine::examine(origin, settings.transcripts, &desks).await);
    if let Some(store) = store {
        diagnosis.add("retention", look_at_retention(&store, &desks).await);
        diagnosis.add("deliveries", deliveries);
        store.close().await;
    }
    diagnosis
}

/// `None` when there is nothing to read any further from.
async fn look_at_database(database: &Database, diagnosis: &mut Diagnosis) -> Option<Store> {
    let holdings = match transfer::look_into(database).await {
        Ok(holdings) => holdings,
        Err(error @ (TransferError::Missing(_) | TransferError::NoDesk)) => {
            diagnosis.add("database", [Finding::warning(format!("{error}; the first start makes it"))]);
            return None;
        }
        Err(error) => {
            diagnosis.add("database", [Finding::fault(error.to_string())]);
            return None;
        }
    };
    let (finding, is_ours) = match holdings.schema {
        Schema::Newest => (Finding::good("reachable, with the tables of this version"), true),
        Schema::Older(missing) => {
            let line = format!(
                "older than this program (from migration {missing} on); the next start brings it up to date, so save \
                 it before: frontdesk backup --to FILE"
            );
            (Finding::warning(line), false)
        }
        Schema::Newer(version) => {
            let line = format!(
                "written by a newer frontdesk (migration {version}); use that version or a newer one"
            );
            (Finding::fault(line), false)
        }
    };
    diagnosis.stored = holdings
        .rows
        .into_iter()
        .map(|(table, rows)| {
            // A table of another version's; this one cannot know.
            let kept = keeping(&table).map_or_else(|| "not known".to_owned(), |keeping| keeping.to_string());
            (table, Stored { rows, kept })
        })
        .collect();
    let store = if is_ours { Store::look(database).await.map(Some) } else { Ok(None) };
    match store {
        Ok(store) => {
            diagnosis.add("database", [finding]);
            store
        }
        Err(error) => {
            diagnosis.add("database", [finding, Finding::fault(error.to_string())]);
            None
        }
    }
}

fn look_at_articles(settings: &Settings, today: NaiveDate) -> Finding {
    let folder = settings.kb.display();
    match lint::lint(&settings.kb, today) {
        Err(error) => Finding::fault(error.to_string()),
        Ok(found) if !found.faults.is_empty() => Finding::fault(format!(
            "{} faults and {} warnings in {folder}; frontdesk kb lint --kb {folder} names them",
            found.faults.len(),
            found.warnings.len()
        )),
        Ok(found) if !found.warnings.is_empty() => Finding::warning(format!(
            "{} articles without a fault and {} warnings in {folder}; frontdesk kb lint --kb {folder} names them",
            found.articles,
            found.warnings.len()
        )),
        Ok(found) if found.articles == 0 => Finding::warning(format!("there are no articles in {folder}")),
        Ok(found) => Finding::good(format!("{} articles without a fault in {folder}", found.articles)),
    }
}

type Desks = Vec<(crate::domain::desk::DeskSettings, Vec<crate::domain::desk::Specialism>)>;

async fn read(store: &Store, now: Timestamp) -> (Desks, Vec<Finding>) {
    let desks = match read_desks(store).await {
        Ok(desks) => desks,
        Err(error) => return (Vec::new(), vec![unreadable(error)]),
    };
    let mut findings = Vec::new();
    match store.backlog().await {
        Ok(backlog) => findings.push(match backlog.oldest.map(|oldest| now.since(oldest).as_secs() / 60) {
            None => Finding::good("nothing waits"),
            Some(minutes) if minutes < LATE_MINUTES => Finding::good(format!("{} wait", backlog.waiting)),
            Some(minutes) => Finding::warning(format!(
                "{} wait, the first for {minutes} minutes; is frontdesk running, and what does its log say?",
                backlog.waiting
            )),
        }),
        Err(error) => findings.push(unreadable(error)),
    }
    for (settings, _) in &desks {
        match store.dead_jobs(settings.guild, DEAD_MAX).await {
            Ok(dead) => {
                findings.extend(dead.iter().map(|dead| Finding::fault(examine::given_up(dead, now))));
            }
            Err(error) => findings.push(unreadable(error)),
        }
    }
    (desks, findings)
}

/// For how long each server keeps the texts of tickets that are closed.
async fn look_at_retention(store: &Store, desks: &Desks) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (settings, _) in desks {
        findings.push(match store.retentions(settings.guild).await {
            Ok(rules) => Finding::good(format!("server {}: {}", settings.guild, kept_texts(rules))),
            Err(error) => unreadable(error),
        });
    }
    findings
}

fn kept_texts(mut rules: Vec<Retention>) -> String {
    if rules.is_empty() {
        return "texts of closed tickets are kept for good; /desk retention changes that".to_owned();
    }
    // What has no rule of its own comes last.
    rules.sort_by_key(|rule| rule.category.is_none());
    let has_rest = rules.last().is_some_and(|rule| rule.category.is_none());
    let rest = (!has_rest).then(|| "everything else for good".to_owned());
    let kept: Vec<_> = rules
        .iter()
        .map(|rule| {
            let category = rule.category.as_deref().map_or("everything else".to_owned(), examine::printable);
            format!("{category} for {} days", rule.days)
        })
        .chain(rest)
        .collect();
    format!("texts of closed tickets are kept: {}", kept.join(", "))
}

async fn read_desks(store: &Store) -> Result<Desks, StoreError> {
    let mut desks = Vec::new();
    for settings in store.desks().await? {
        let specialisms = store.specialisms(settings.guild).await?;
        desks.push((settings, specialisms));
    }
    Ok(desks)
}

fn unreadable(error: StoreError) -> Finding {
    Finding::fault(format!("{:#}", anyhow::Error::from(error)))
}
