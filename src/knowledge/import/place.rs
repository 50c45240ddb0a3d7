//! Finds every draft a file, and writes it.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write as _};

use super::{Draft, Drafts, ImportError, ImportOptions, Imported, Left, Taken, at};
use crate::domain::article::{Article, ArticleId, Language};
use crate::knowledge::links::{self, Change, Target};
use crate::knowledge::source::{Listing, OTHER_FOLDERS};
use crate::knowledge::{front_matter, markdown};
use crate::search::{analysis, language};

/// Long names are cut here: they are part of every address that names an article.
const MAX_NAME_CHARS: usize = 60;

/// The language of an article shows in its beginning.
const LANGUAGE_CHARS: usize = 4_000;

/// What is left of a link may be the text of another one around it.
const MOST_NESTED_LINKS: usize = 8;

/// A draft on its way.
struct Placed {
    draft: Draft,
    article: Article,
    notes: Vec<String>,
}

/// Places and, unless it is for show, writes all drafts.
pub(super) fn place(drafts: Drafts, options: &ImportOptions) -> Result<Imported, ImportError> {
    let mut imported = Imported { taken: Vec::new(), skipped: drafts.skipped, refused: drafts.refused };
    let mut taken = HashSet::new();
    let named: Vec<(String, Draft)> =
        drafts.all.into_iter().map(|draft| (free_name(&draft, &mut taken), draft)).collect();
    let mut ids: HashMap<String, String> =
        named.iter().map(|(id, draft)| (draft.key.clone(), id.clone())).collect();
    let mut titles = titles_in(options)?;
    let mut placed = Vec::new();
    for (id, draft) in named {
        let source = draft.source.clone();
        if options.into.join(format!("{id}.md")).symlink_metadata().is_ok() {
            imported.skipped.push(Left { source, reason: format!("{id}.md is there already") });
            continue;
        }
        let mut notes = Vec::new();
        let mut article = article(&id, &draft, &ids, options.language, &mut notes);
        if let Err(reason) = front_matter::checked(&article) {
            // No link may lead to it.
            ids.remove(&draft.key);
            imported.refused.push(Left { source, reason });
            continue;
        }
        notes.clear();
        notes.extend(draft.notes.iter().cloned());
        settle_title(&mut article, &draft, &mut titles, &mut notes);
        placed.push(Placed { draft, article, notes });
    }
    for placed in &mut placed {
        // Now that it is known what comes along.
        let body = with_new_links(&placed.draft, &placed.article.id.0, &ids, &mut placed.notes);
        body.trim().clone_into(&mut placed.article.body);
    }
    settle_translations(&mut placed);
    for Placed { draft, article, notes } in placed {
        let file = format!("{}.md", article.id.0);
        let source = draft.source;
        match front_matter::checked(&article)
            .map(|text| (!options.dry_run).then(|| write(&options.into.join(&file), &text)))
        {
            Ok(None | Some(Ok(()))) => imported.taken.push(Taken { source, file, notes }),
            Ok(Some(Err(error))) => {
                imported.refused.push(Left { source, reason: format!("{file} cannot be written: {error}") });
            }
            Err(reason) => imported.refused.push(Left { source, reason }),
        }
    }
    Ok(imported)
}

/// Two articles of one title cannot be told apart: the second is called by its folder as well, or by a number.
fn settle_title(
    article: &mut Article,
    draft: &Draft,
    titles: &mut HashSet<(Language, String)>,
    notes: &mut Vec<String>,
) {
    let title = article.title.clone();
    let folder = draft.folders.last().map(|folder| format!("{title} ({folder})"));
    let numbered = (2_u32..).map(|number| format!("{title} ({number})"));
    for candidate in std::iter::once(title.clone()).chain(folder).chain(numbered) {
        if titles.insert((article.language, analysis::fold(&candidate))) {
            if candidate != title {
                notes.push(format!("another article has its title, so it is called {candidate}"));
                article.title = candidate;
            }
            return;
        }
    }
}

/// A translation stays when it comes along, in the other language, and is a translation of this article.
fn settle_translations(placed: &mut [Placed]) {
    let known: HashMap<ArticleId, (Language, Option<ArticleId>)> = placed
        .iter()
        .map(|Placed { article, .. }| (article.id.clone(), (article.language, article.translation.clone())))
        .collect();
    for Placed { article, notes, .. } in placed {
        let Some(translation) = &article.translation else { continue };
        let fits = known.get(translation).is_some_and(|(language, back)| {
            *language != article.language && back.as_ref().is_none_or(|back| *back == article.id)
        });
        if !fits {
            notes.push("the translation that it names is none, so the mention was left out".to_owned());
            article.translation = None;
        }
    }
}

/// The titles that the folder of articles has already.
fn titles_in(options: &ImportOptions) -> Result<HashSet<(Language, String)>, ImportError> {
    let listing = match Listing::of(&options.into) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashSet::new()),
        Err(error) => return Err(at(&options.into, error)),
    };
    let titles = listing.articles(drop).map(|article| (article.language, analysis::fold(&article.title)));
    Ok(titles.collect())
}

/// A path that no other draft has, of letters and digits that every file system takes.
fn free_name(draft: &Draft, taken: &mut HashSet<String>) -> String {
    let mut parts: Vec<String> = draft.folders.iter().map(|folder| plain_name(folder, "folder")).collect();
    if let Some(first) = parts.first_mut().filter(|first| OTHER_FOLDERS.contains(&first.as_str())) {
        first.push_str("-articles");
    }
    // A file of this name introduces a folder and is not served.
    let name = plain_name(&draft.name, "article");
    parts.push(if name == "readme" { "overview".to_owned() } else { name });
    let path = parts.join("/");
    let mut free = path.clone();
    let mut number = 1_u32;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{path}-{number}");
    }
    free
}

fn plain_name(name: &str, otherwise: &str) -> String {
    let spelled = name.chars().flat_map(|c| {
        let umlaut = match c {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' => "oe",
            'ü' | 'Ü' => "ue",
            _ => "",
        };
        let itself = umlaut.is_empty().then_some(c);
        umlaut.chars().chain(itself)
    });
    let folded = analysis::fold(&spelled.collect::<String>());
    let plain: String = folded
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(MAX_NAME_CHARS)
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { otherwise.to_owned() } else { words.join("-") }
}

fn article(
    id: &str,
    draft: &Draft,
    ids: &HashMap<String, String>,
    language: Language,
    notes: &mut Vec<String>,
) -> Article {
    let title = title(draft);
    let body = with_new_links(draft, id, ids, notes);
    let beginning: String = body.chars().take(LANGUAGE_CHARS).collect();
    let shown = format!("{title}\n{beginning}");
    let shown_language = || language::of_question(&shown, &analysis::words(&shown), language);
    let translation = draft
        .translation
        .as_ref()
        .map(|translation| ArticleId(ids.get(&format!("{}.md", translation.0)).cloned().unwrap_or_default()));
    Article {
        id: ArticleId(id.to_owned()),
        language: draft.language.unwrap_or_else(shown_language),
        title,
        tags: draft.tags.clone(),
        questions: draft.questions.clone(),
        category: draft.category.clone(),
        audience: draft.audience,
        owner: draft.owner.clone(),
        review_by: draft.review_by,
        translation,
        body: body.trim().to_owned(),
    }
}

/// What the source says, or the first heading, or the name.
fn title(draft: &Draft) -> String {
    let named = draft.title.clone().filter(|title| !title.trim().is_empty());
    let heading = || markdown::sections(&draft.body).into_iter().find_map(|section| section.heading);
    let title = named.or_else(heading).filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| draft.name.replace(['-', '_'], " "));
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without a heading that only repeats the title.
fn without_title(draft: &Draft) -> &str {
    let body = draft.body.trim_start_matches(['\r', '\n']);
    let first_line = body.lines().next().unwrap_or_default();
    let heading = first_line
        .starts_with("# ")
        .then(|| markdown::sections(first_line).into_iter().find_map(|section| section.heading))
        .flatten();
    let repeats =
        heading.is_some_and(|heading| heading.split_whitespace().eq(title(draft).split_whitespace()));
    if repeats { &body[first_line.len()..] } else { body }
}

/// The text with its links to other articles leading to their new files, and what leads nowhere any more as text.
fn with_new_links(draft: &Draft, id: &str, ids: &HashMap<String, String>, notes: &mut Vec<String>) -> String {
    let (mut pictures, mut unlinked) = (0_usize, 0_usize);
    let mut led = HashSet::new();
    let mut change = |link: &links::Link| {
        if led.contains(&link.target) {
            return Change::Keep;
        }
        let (key, fragment) = match links::target(&draft.source, &link.target) {
            Target::Address => match link.target.split_once('#') {
                _ if !link.target.starts_with("bsexport:") => return Change::Keep,
                Some((key, fragment)) => (key.to_owned(), format!("#{fragment}")),
                None => (link.target.clone(), String::new()),
            },
            Target::Here => return Change::Keep,
            Target::File { path, fragment } => (path, fragment),
            Target::Outside => (String::new(), String::new()),
        };
        match ids.get(&key) {
            Some(new) if !link.is_picture => {
                // A heading's address that would end the link too early is left out.
                let is_whole = !fragment.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c));
                let target =
                    format!("{}{}", relative(id, new), if is_whole { fragment.as_str() } else { "" });
                led.insert(target.clone());
                Change::Lead(target)
            }
            _ => {
                *(if link.is_picture { &mut pictures } else { &mut unlinked }) += 1;
                Change::Unlink
            }
        }
    };
    let mut changed = without_title(draft).to_owned();
    for _ in 0..MOST_NESTED_LINKS {
        let again = links::rewrite(&changed, &mut change);
        if again == changed {
            break;
        }
        changed = again;
    }
    if pictures > 0 {
        notes.push(format!("{pictures} pictures were replaced by their descriptions"));
    }
    if unlinked > 0 {
        notes.push(format!("{unlinked} links to what does not come along became text"));
    }
    changed
}

/// The way from one article's file to another's.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let most = from.len().min(to.len()) - 1;
    let common = (0..most).take_while(|place| from[*place] == to[*place]).count();
    format!("{}{}.md", "../".repeat(from.len() - 1 - common), to[common..].join("/"))
}

fn write(file: &std::path::Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut new = File::create_new(file)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()
}
