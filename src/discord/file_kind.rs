//! What a file is, by its bytes and not by what somebody says it is; and whether it is put in front of others.
//!
//! Refused is what runs when it is opened (programs, scripts, pages), whatever it is called, and what is not what its name
//! promises. This is no virus scanner: it keeps out what nobody sends to describe a problem.

use super::files::FileFault;

/// The largest file that a bot may upload wherever it is (Discord docs, reference, "Uploading Files": 10 MiB by default; the
/// boosts that raise it come and go).
pub(crate) const MAX: usize = 10 * 1024 * 1024;
/// Longer names are cut; file systems take no more than 255 bytes.
const NAME_MAX: usize = 100;

/// Endings that make a machine run something when the file is opened, or show it as a page.
const RUNS: &[&str] = &[
    "apk", "app", "appx", "bat", "cmd", "com", "cpl", "deb", "dll", "dmg", "exe", "gadget", "hta", "htm",
    "html", "inf", "ins", "iso", "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "msp", "pif",
    "pkg", "ps1", "psm1", "reg", "rpm", "scf", "scr", "sh", "svg", "url", "vb", "vbe", "vbs", "wasm", "wsf",
    "wsh", "xhtml", "xll",
];
/// Endings of pictures.
const PICTURES: &[&str] = &["avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "tif", "tiff", "webp"];
/// What is not known any better.
const BYTES: &str = "application/octet-stream";

/// Why a file is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unwelcome {
    /// It runs, or it is a page.
    Runs,
    /// It is not what its name says.
    Disguised,
}

/// Why a file is not in its ticket's thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unkept {
    /// It could not be had.
    Unfetched(FileFault),
    /// Nobody should open it.
    Unwelcome(Unwelcome),
}

/// What kind of file it is, if it may be passed on.
pub(crate) fn look(name: &str, bytes: &[u8]) -> Result<&'static str, Unwelcome> {
    let ending = ending(name);
    let kind = infer::get(bytes);
    let media_type = kind.map_or(BYTES, |kind| kind.mime_type());
    if RUNS.contains(&ending.as_str()) || runs(bytes, media_type) {
        return Err(Unwelcome::Runs);
    }
    let is_picture = kind.is_some_and(|kind| kind.matcher_type() == infer::MatcherType::Image);
    let is_promised = match ending.as_str() {
        "pdf" => media_type == "application/pdf",
        picture if PICTURES.contains(&picture) => is_picture,
        _ => true,
    };
    if is_promised { Ok(media_type) } else { Err(Unwelcome::Disguised) }
}

fn runs(bytes: &[u8], media_type: &str) -> bool {
    use infer::app::{is_dex, is_dey, is_dll, is_elf, is_exe, is_java, is_llvm, is_mach, is_wasm};
    let programs = [is_dex, is_dey, is_dll, is_elf, is_exe, is_java, is_llvm, is_mach, is_wasm];
    programs.iter().any(|is_program| is_program(bytes))
        || bytes.starts_with(b"#!")
        || ["text/html", "text/x-shellscript"].contains(&media_type)
}

/// What follows the last dot of a name. Some systems leave out dots and blanks at the very end.
fn ending(name: &str) -> String {
    let name = name.trim_end_matches(['.', ' ']);
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// A name that is one on every system, reads as what it is, and leads nowhere.
pub(crate) fn clean_name(name: &str) -> String {
    let is_kept = |character: &char| !character.is_control() && !is_invisible(*character);
    let name: String = name
        .chars()
        .filter(is_kept)
        .map(|character| if "/\\:*?\"<>|".contains(character) { '_' } else { character })
        .collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        return "file".to_owned();
    }
    let length = name.chars().count();
    if length <= NAME_MAX {
        return name.to_owned();
    }
    // The ending says what it is, so the cut is before it.
    let ending: String = match ending(name) {
        ending if !ending.is_empty() && ending.chars().count() < 10 => format!(".{ending}"),
        _ => String::new(),
    };
    let kept: String = name.chars().take(NAME_MAX - ending.chars().count()).collect();
    kept.trim_end_matches(['.', ' ']).to_owned() + &ending
}

/// Signs that show nothing or turn around what follows.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(look("error.png", PNG), Ok("image/png"));
        assert_eq!(look("photo.jpg", PNG), Ok("image/png"), "a picture for a picture");
        assert_eq!(look("report.PDF", b"%PDF-1.7"), Ok("application/pdf"));
        assert_eq!(look("log.txt", b"all is well"), Ok(BYTES));
        let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 60]].concat();
        for (name, bytes) in [
            ("log.txt", b"MZ\x90\0".as_slice()),
            ("picture.png", &elf),
            ("notes", b"#!/bin/sh\nrm -rf /"),
            ("page.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
            ("setup.exe", PNG),
            ("setup.EXE. .", b"x"),
            ("drawing.svg", b"<svg onload=alert(1)>"),
            ("invoice.pdf.js", b"x"),
        ] {
            assert_eq!(look(name, bytes), Err(Unwelcome::Runs), "{name}");
        }
        for (name, bytes) in [
            ("error.png", b"%PDF-1.7".as_slice()),
            ("scan.pdf", PNG),
            ("photo.jpeg", b"hello"),
            ("a.png", b""),
        ] {
            assert_eq!(look(name, bytes), Err(Unwelcome::Disguised), "{name}");
        }
    }

    #[test]
    fn names_lead_nowhere_and_read_as_what_they_are() {
        for (given, cleaned) in [
            ("error.png", "error.png"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\Windows\\a.txt", "C__Windows_a.txt"),
            ("gnp.\u{202E}exe.png", "gnp.exe.png"),
            ("a\0\nb\u{200B}.txt", "ab.txt"),
            (" . ", "file"),
            ("Übersicht 2.png", "Übersicht 2.png"),
        ] {
            assert_eq!(clean_name(given), cleaned);
        }
        let long = clean_name(&format!("{}.png", "x".repeat(300)));
        assert!(long.chars().count() == NAME_MAX && long.ends_with("x.png"), "{long}");
    }

    proptest! {
        #[test]
        fn a_clean_name_is_clean_and_runs_no_more_than_before(name in any::<String>()) {
            let cleaned = clean_name(&name);
            prop_assert_eq!(&clean_name(&cleaned), &cleaned);
            prop_assert!(!cleaned.is_empty() && cleaned.chars().count() <= NAME_MAX);
            prop_assert!(!cleaned.contains(['/', '\\', '\0', '\n']));
        }
    }
}
