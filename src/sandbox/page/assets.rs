//! The page's files, compiled into the binary.
//!
//! There is no build step: what is served is what lies beside this file. A path that is not listed here
//! is nobody's, so nothing on the disk can be asked for.

use axum::{
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const DRAWING: &str = "image/svg+xml";

/// A file: where it is served, its type, its text.
struct Asset {
    path: &'static str,
    kind: &'static str,
    text: &'static str,
}

macro_rules! asset {
    ($path:literal, $kind:ident, $file:literal) => {
        Asset { path: $path, kind: $kind, text: include_str!($file) }
    };
}

const ASSETS: &[Asset] = &[
    asset!("/", HTML, "index.html"),
    asset!("/page/style.css", CSS, "style.css"),
    asset!("/page/chat.css", CSS, "chat.css"),
    asset!("/page/icon.svg", DRAWING, "icon.svg"),
    asset!("/page/app.js", SCRIPT, "app.js"),
    asset!("/page/command.js", SCRIPT, "command.js"),
    asset!("/page/components.js", SCRIPT, "components.js"),
    asset!("/page/composer.js", SCRIPT, "composer.js"),
    asset!("/page/dom.js", SCRIPT, "dom.js"),
    asset!("/page/embeds.js", SCRIPT, "embeds.js"),
    asset!("/page/hints.js", SCRIPT, "hints.js"),
    asset!("/page/listbox.js", SCRIPT, "listbox.js"),
    asset!("/page/markdown.js", SCRIPT, "markdown.js"),
    asset!("/page/mentions.js", SCRIPT, "mentions.js"),
    asset!("/page/menu.js", SCRIPT, "menu.js"),
    asset!("/page/messages.js", SCRIPT, "messages.js"),
    asset!("/page/modal.js", SCRIPT, "modal.js"),
    asset!("/page/names.js", SCRIPT, "names.js"),
    asset!("/page/net.js", SCRIPT, "net.js"),
    asset!("/page/option.js", SCRIPT, "option.js"),
    asset!("/page/sidebar.js", SCRIPT, "sidebar.js"),
    asset!("/page/words.js", SCRIPT, "words.js"),
];

/// One route a file.
pub(super) fn routes<S: Clone + Send + Sync + 'static>()
-> impl Iterator<Item = (&'static str, MethodRouter<S>)> {
    ASSETS.iter().map(|asset| (asset.path, get(move || async move { serve(asset) })))
}

// The binary may be another one at the next visit, so a browser always asks again.
fn serve(asset: &'static Asset) -> Response {
    ([(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "no-cache")], asset.text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_that_is_imported_is_served() {
        for asset in ASSETS.iter().filter(|asset| asset.kind == SCRIPT) {
            for line in asset.text.lines().filter(|line| line.contains(" from \"./")) {
                let name = line.rsplit("\"./").next().and_then(|rest| rest.split('"').next()).unwrap();
                let path = format!("/page/{name}");
                assert!(ASSETS.iter().any(|other| other.path == path), "{} imports {name}", asset.path);
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let words = include_str!("words.js");
        let keys = |from: &str, to: &str| -> Vec<String> {
            let block = words.split(from).nth(1).unwrap().split(to).next().unwrap();
            block
                .lines()
                .filter_map(|line| line.strip_prefix("  ")?.split_once(": "))
                .map(|(key, _)| key.to_owned())
                .collect()
        };
        let english = keys("const ENGLISH = {", "};");
        assert!(english.len() > 50, "{english:?}");
        assert_eq!(english, keys("const GERMAN = {", "};"));
    }

    #[test]
    fn scripts_never_turn_text_into_markup() {
        let ways =
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"];
        for asset in ASSETS.iter().filter(|asset| asset.kind == SCRIPT) {
            for way in ways {
                assert!(!asset.text.contains(way), "{} uses {way}", asset.path);
            }
        }
    }
}
