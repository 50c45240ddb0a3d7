//! The arrows between modules point inward: `use crate::…` may only name what the map allows.

use std::path::{Path, PathBuf};

/// Each module with the modules that it may use. ARCHITECTURE.md explains the map.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("search", &["domain"]),
    ("meter", &["domain"]),
    ("store", &["domain", "meter"]),
    ("knowledge", &["domain", "search"]),
    ("desk", &["domain", "knowledge", "meter", "store"]),
    ("text", &["domain"]),
    ("report", &["domain", "text"]),
    ("config", &["store"]),
    ("jobs", &["desk", "domain", "meter", "store"]),
    ("provider", &["desk", "domain"]),
    (
        "discord",
        &["config", "desk", "domain", "jobs", "knowledge", "meter", "provider", "report", "store", "text"],
    ),
    ("sandbox", &[]),
    ("monitor", &["discord", "domain", "meter", "store"]),
    ("app", &["config", "desk", "discord", "domain", "jobs", "knowledge", "monitor", "store"]),
    ("doctor", &["config", "discord", "domain", "knowledge", "store"]),
    ("demo", &["app", "config", "discord", "domain", "sandbox", "store"]),
    ("cli", &["app", "config", "demo", "desk", "doctor", "domain", "knowledge", "report", "store"]),
];

/// Crates that only these modules may name.
const OWNED_CRATES: &[(&str, &[&str])] = &[
    ("serenity", &["discord"]),
    ("sqlx", &["store"]),
    ("tantivy", &["search"]),
    // Two servers that have nothing in common: a model of Discord, and what machines see of a running desk.
    ("axum", &["sandbox", "monitor"]),
    ("metrics", &["meter"]),
    ("metrics_exporter_prometheus", &["monitor"]),
    // The command line's arguments are read where their meaning is checked, too.
    ("clap", &["cli", "config"]),
    ("plotters", &["report"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The top-level module that a file belongs to.
fn module_of(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).unwrap().components().next().unwrap();
    first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

fn each_line(mut check: impl FnMut(&str, &str, &str)) {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    for file in files {
        let module = module_of(&file, &src);
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            check(&module, code, &format!("{}:{}", file.display(), number + 1));
        }
    }
}

#[test]
fn modules_use_only_what_the_map_allows() {
    each_line(|module, code, place| {
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if matches!(module, "lib" | "main") || used == module || used.is_empty() {
                continue;
            }
            let allowed = ARROWS.iter().find(|(name, _)| *name == module);
            let allowed = allowed.unwrap_or_else(|| panic!("{place}: module {module} is not on the map")).1;
            assert!(allowed.contains(&used.as_str()), "{place}: {module} may not use {used}");
        }
    });
}

#[test]
fn each_big_crate_is_known_where_the_map_says() {
    each_line(|module, code, place| {
        for (name, owners) in OWNED_CRATES {
            let names =
                [format!("use {name}::"), format!(" {name}::"), format!("<{name}::"), format!("({name}::")];
            let is_named = names.iter().any(|used| code.contains(used.as_str()));
            assert!(!is_named || owners.contains(&module), "{place}: {name} belongs to {owners:?}");
        }
    });
}
