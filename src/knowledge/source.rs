//! The folder of articles: which files belong to it, what they hold, and what is wrong with them.
//!
//! Every `*.md` below the folder is an article, except in `replies/`, `practice/` and `eval/`, hidden ones, and
//! files named `README.md`. One that cannot be used becomes a [`Fault`] and the others are read. Only a folder
//! that is missing or unreadable is an error. Linked folders are not followed, so that no circle can arise. Nothing is
//! read that is larger than people write, so one file cannot hold up the desk.

use std::fs::{self, DirEntry};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

use crate::domain::article::{Article, ArticleId};
use crate::knowledge::front_matter;

/// Larger files are not written by people; a thousand pages fit into it, and reading it takes no time to speak of.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// More groups of synonyms than this are a mistake.
const MAX_SYNONYM_GROUPS: usize = 20_000;

/// A question is looked for in every word of a group, so a list of everything must not pass for one.
const MAX_GROUP_WORDS: usize = 100;

/// Folders under the folder of articles that hold something else.
pub(super) const OTHER_FOLDERS: [&str; 3] = ["replies", "practice", "eval"];

const SYNONYMS_FILE: &str = "synonyms.yaml";

/// A file's name, its size, and when it was last changed.
type Entry = (String, u64, [i64; 4]);

/// A file that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// The file, relative to the folder of articles.
    pub file: String,
    /// The line, counted from 1; 0 when the file as a whole is meant.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// The files of a folder of articles, listed but not read.
#[derive(Debug)]
pub struct Listing {
    root: PathBuf,
    /// Relative paths with `/`, in order, and sizes.
    files: Vec<(String, u64)>,
    faults: Vec<Fault>,
    /// Changes whenever a file is added, removed, renamed, resized, written, or made readable or unreadable.
    pub fingerprint: String,
}

/// How many folders are read at the same time: asking for every file's time is most of opening a large folder.
const WALKERS: usize = 4;

/// What some folders hold.
struct Walk<'a> {
    root: &'a Path,
    folders: Vec<PathBuf>,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

impl<'a> Walk<'a> {
    fn through(root: &'a Path, folders: &[PathBuf]) -> std::io::Result<Self> {
        let mut walk = Self { root, folders: Vec::new(), entries: Vec::new(), faults: Vec::new() };
        for folder in folders {
            match fs::read_dir(folder) {
                Ok(read) => {
                    for entry in read {
                        walk.visit(&entry?);
                    }
                }
                Err(error) => walk.fault(folder, &format!("the folder cannot be read: {error}")),
            }
        }
        Ok(walk)
    }

    fn visit(&mut self, entry: &DirEntry) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            return;
        }
        if entry.file_name().to_str().is_none_or(|name| name.chars().any(char::is_control)) {
            return self.fault(&path, "the name is not UTF-8 text, or holds control characters");
        }
        let relative = relative(self.root, &path);
        let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let metadata = match if linked { fs::metadata(&path) } else { entry.metadata() } {
            Ok(metadata) => metadata,
            Err(error) => return self.fault(&path, &format!("the file cannot be read: {error}")),
        };
        // Opening a pipe would wait for whoever writes into it.
        if !metadata.is_dir() && !metadata.is_file() {
            return;
        }
        if metadata.is_dir() {
            if !linked && !OTHER_FOLDERS.contains(&relative.as_str()) {
                self.folders.push(path);
            }
            return;
        }
        let is_article =
            path.extension().is_some_and(|extension| extension == "md") && name.to_lowercase() != "readme.md";
        if !is_article && relative != SYNONYMS_FILE {
            return;
        }
        // The second pair changes with rights as well, and cannot be set back by whoever copies files with their times.
        let written = [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()];
        self.entries.push((relative, metadata.len(), written));
    }

    fn fault(&mut self, path: &Path, reason: &str) {
        let file = relative(self.root, path);
        self.faults.push(Fault { file, line: 0, reason: reason.to_owned() });
    }
}

/// A path below the root, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<String> =
        relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    names.join("/")
}

impl Listing {
    /// Lists the folder.
    pub fn of(root: &Path) -> std::io::Result<Self> {
        let mut listing =
            Self { root: root.to_owned(), files: Vec::new(), faults: Vec::new(), fingerprint: String::new() };
        fs::read_dir(root)?;
        let mut hasher = DefaultHasher::new();
        let mut folders = vec![root.to_owned()];
        let mut entries = Vec::new();
        while !folders.is_empty() {
            let share = folders.len().div_ceil(WALKERS);
            let walks: Vec<_> = std::thread::scope(|scope| {
                let walk = |folders| scope.spawn(move || Walk::through(root, folders));
                let walkers: Vec<_> = folders.chunks(share).map(walk).collect();
                walkers.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
            });
            folders = Vec::new();
            for walk in walks {
                let walk = walk.map_err(|_| std::io::Error::other("the folder cannot be listed"))??;
                folders.extend(walk.folders);
                entries.extend(walk.entries);
                listing.faults.extend(walk.faults);
            }
        }
        listing.faults.sort_by(|a, b| a.file.cmp(&b.file));
        entries.sort();
        entries.hash(&mut hasher);
        listing.faults.hash(&mut hasher);
        listing.fingerprint = format!("{:016x}", hasher.finish());
        listing.files = entries
            .into_iter()
            .filter(|(name, _, _)| name != SYNONYMS_FILE)
            .map(|(name, size, _)| (name, size))
            .collect();
        Ok(listing)
    }

    /// Reads every article; what cannot be used is told to `fault`.
    pub fn articles<'a>(&'a self, mut fault: impl FnMut(Fault) + 'a) -> impl Iterator<Item = Article> + 'a {
        self.faults.iter().cloned().for_each(&mut fault);
        self.files.iter().filter_map(move |(file, size)| match self.read_article(file, *size) {
            Ok(article) => Some(article),
            Err(flaw) => {
                fault(flaw);
                None
            }
        })
    }

    /// Reads every file, or says why one cannot be read.
    pub fn texts(&self) -> impl Iterator<Item = Result<(String, String), Fault>> {
        let unlisted = self.faults.iter().cloned().map(Err);
        unlisted.chain(self.files.iter().map(|(file, size)| Ok((file.clone(), self.read_text(file, *size)?))))
    }

    fn read_article(&self, file: &str, size: u64) -> Result<Article, Fault> {
        let fault = |line, reason| Fault { file: file.to_owned(), line, reason };
        let text = self.read_text(file, size)?;
        let id = ArticleId(file.strip_suffix(".md").unwrap_or(file).to_owned());
        front_matter::parse(id, &text).map_err(|flaw| fault(flaw.line, flaw.reason))
    }

    fn read_text(&self, file: &str, size: u64) -> Result<String, Fault> {
        let fault = |line, reason| Fault { file: file.to_owned(), line, reason };
        if size > MAX_FILE_BYTES {
            return Err(fault(0, format!("the file is larger than {} KiB", MAX_FILE_BYTES / 1024)));
        }
        let bytes = read_up_to(&self.root.join(file), MAX_FILE_BYTES)
            .map_err(|error| fault(0, format!("the file cannot be read: {error}")))?;
        let line_at =
            |bytes: &[u8]| u64::try_from(bytes.split(|byte| *byte == b'\n').count()).unwrap_or(u64::MAX);
        if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
            return Err(fault(line_at(&bytes[..place]), "the file is not text".to_owned()));
        }
        String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            fault(line_at(valid), "the file is not UTF-8 text".to_owned())
        })
    }

    /// The company's synonyms; none when there is no such file.
    pub fn synonyms(&self) -> Result<Vec<Vec<String>>, Fault> {
        let groups = self.groups()?.into_iter();
        Ok(groups.map(|group| group.into_iter().map(|(word, _)| word).collect()).collect())
    }

    /// The same, each word with its line.
    pub fn groups(&self) -> Result<Vec<Vec<(String, u64)>>, Fault> {
        let path = self.root.join(SYNONYMS_FILE);
        let Ok(metadata) = fs::metadata(&path) else { return Ok(Vec::new()) };
        let text = self.read_text(SYNONYMS_FILE, metadata.len())?;
        let fault = |line, reason| Fault { file: SYNONYMS_FILE.to_owned(), line, reason };
        let groups: Option<Vec<Vec<Spanned<String>>>> = serde_saphyr::from_str(&text).map_err(|error| {
            let line = error.location().map_or(1, |location| location.line());
            fault(line, error.to_string().lines().next().unwrap_or_default().chars().take(160).collect())
        })?;
        let groups = groups.unwrap_or_default();
        if groups.len() > MAX_SYNONYM_GROUPS {
            return Err(fault(0, format!("there are more than {MAX_SYNONYM_GROUPS} groups")));
        }
        if let Some(word) = groups.iter().find_map(|group| group.get(MAX_GROUP_WORDS)) {
            let reason = format!("a group holds more than {MAX_GROUP_WORDS} words");
            return Err(fault(word.referenced.line(), reason));
        }
        let with_line = |word: Spanned<String>| (word.value, word.referenced.line());
        Ok(groups.into_iter().map(|group| group.into_iter().map(with_line).collect()).collect())
    }
}

/// Reads a file that may grow meanwhile, or be a device that never ends.
fn read_up_to(path: &Path, bytes: u64) -> std::io::Result<Vec<u8>> {
    let mut read = Vec::new();
    fs::File::open(path)?.take(bytes + 1).read_to_end(&mut read)?;
    if read.len() as u64 > bytes {
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "it is too large"));
    }
    Ok(read)
}
