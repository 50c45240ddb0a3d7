//! Where indexes lie: each in a folder of its own that is never changed once it is complete.
//!
//! Several processes may share one data folder, and one process has two indexes while it makes a new one. So each
//! index has a lock file beside it, which whoever reads or writes the index holds (shared; the system lets go of it
//! when a process dies, however it dies), and only an index that nobody holds is removed. What a crash leaves
//! behind is held by nobody, and goes with the next tidying.
//!
//! Where the file system knows no locks nothing is removed, and the folder may be emptied by hand while the desk is
//! down.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// What the names of all indexes begin with.
const PREFIX: &str = "articles";

const LOCK: &str = "lock";

/// How often to begin again when a tidying process took a new lock file for an abandoned one.
const ATTEMPTS: u32 = 16;

/// The folder of indexes.
#[derive(Debug)]
pub(crate) struct Home {
    folder: PathBuf,
}

/// The folder of one index, which is kept for as long as this is.
#[derive(Debug)]
pub(crate) struct Room {
    folder: PathBuf,
    /// Let go when it is closed.
    _lock: File,
}

impl Room {
    /// Where the index lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Home {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The indexes that were made from files with this fingerprint, the newest first.
    pub(crate) fn rooms(&self, fingerprint: &str) -> impl Iterator<Item = Room> + use<> {
        let begin = format!("{PREFIX}-{fingerprint}-");
        let mut found: Vec<_> = self
            .locks()
            .into_iter()
            .filter(|lock| lock.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&begin)))
            .map(|lock| (fs::metadata(&lock).and_then(|metadata| metadata.modified()).ok(), lock))
            .collect();
        found.sort();
        found.into_iter().rev().filter_map(|(_, lock)| hold(&lock).ok().flatten())
    }

    /// A place for a new index.
    pub(crate) fn new_room(&self, fingerprint: &str) -> io::Result<Room> {
        fs::create_dir_all(&self.folder)?;
        for _ in 0..ATTEMPTS {
            let lock = tempfile::Builder::new()
                .prefix(&format!("{PREFIX}-{fingerprint}-"))
                .suffix(&format!(".{LOCK}"))
                .tempfile_in(&self.folder)?
                .into_temp_path()
                .keep()
                .map_err(|error| error.error)?;
            if let Some(room) = hold(&lock)? {
                return Ok(room);
            }
        }
        Err(io::Error::new(io::ErrorKind::WouldBlock, "another process keeps removing new index folders"))
    }

    /// Removes every index that nobody holds. What cannot be removed now can be the next time.
    pub(crate) fn tidy(&self) {
        for lock in self.locks() {
            let Ok(file) = File::open(&lock) else { continue };
            if file.try_lock().is_err() {
                continue;
            }
            let room = lock.with_extension("");
            // The lock file goes last, so that no folder is ever without one.
            match fs::remove_dir_all(&room) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::debug!(%error, folder = %room.display(), "an old index cannot be removed");
                }
                _ => {
                    if let Err(error) = fs::remove_file(&lock) {
                        tracing::debug!(%error, file = %lock.display(), "an old lock cannot be removed");
                    }
                }
            }
        }
    }

    /// The lock files of all indexes; of folders that have lost theirs, a new one.
    fn locks(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let ours =
            |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        let (folders, mut locks): (Vec<_>, Vec<_>) = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| ours(path))
            .partition(|path| path.is_dir());
        locks.retain(|path| path.extension().is_some_and(|extension| extension == LOCK));
        for folder in folders {
            let lock = folder.with_extension(LOCK);
            if !locks.contains(&lock) && File::options().append(true).create(true).open(&lock).is_ok() {
                locks.push(lock);
            }
        }
        locks
    }
}

/// Holds an index. `None` when it is being removed.
fn hold(lock: &Path) -> io::Result<Option<Room>> {
    let file = match File::open(lock) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
        // Without locks nobody removes anything either.
        Err(TryLockError::Error(_)) | Ok(()) => {}
    }
    // Whoever removed it may have held the lock until just now.
    Ok(lock.exists().then(|| Room { folder: lock.with_extension(""), _lock: file }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_holds_stays_and_the_rest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path());
        let held = home.new_room("a").unwrap();
        let left = home.new_room("a").unwrap();
        for room in [&held, &left] {
            fs::create_dir(room.folder()).unwrap();
        }
        let (kept, gone) = (held.folder().to_owned(), left.folder().to_owned());
        drop(left);
        // A folder whose lock file was deleted, and one of an older layout.
        fs::create_dir(folder.path().join("articles-a-lost")).unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        fs::write(folder.path().join("notes.txt"), "somebody's").unwrap();
        home.tidy();
        let here = |path: &Path| path.exists();
        assert!(here(&kept) && !here(&gone));
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()).collect();
        assert_eq!(left.len(), 3, "the held folder, its lock, and what is not ours: {left:?}");
        assert_eq!(home.rooms("a").count(), 1);
        assert_eq!(home.rooms("b").count(), 0);
        drop(held);
        home.tidy();
        assert_eq!(home.rooms("a").count(), 0);
    }
}
