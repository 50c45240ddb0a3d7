//! The files of the articles: what is wrong with them is named, articles from elsewhere come in, and nothing breaks.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Output;

use frontdesk::domain::article::{Audience, Language};
use frontdesk::domain::id::GuildId;
use frontdesk::knowledge::answer::Question;
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::knowledge::{Knowledge, KnowledgeOptions};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use crate::program::frontdesk;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

fn kb(arguments: &[&str], folder: &Path) -> Output {
    frontdesk().arg("kb").args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output)))
}

fn article(head: &str, body: &str) -> String {
    format!("---\n{head}\n---\n{body}\n")
}

#[test]
fn lint_names_every_fault_with_its_line() {
    let folder = folder(&[
        (
            "kb/good.md",
            &article("title: Good\nlang: en", "See [the other](sub/other.md#x) and [us](https://x.example)."),
        ),
        ("kb/sub/other.md", &article("title: Other\nlang: en\ntranslation: de/other", "Text.")),
        ("kb/de/other.md", &article("title: Anderes\nlang: de\ntranslation: de/third", "Text.")),
        ("kb/de/third.md", &article("title: Drittes\nlang: de\ntranslation: gone", "Text.")),
        ("kb/title.md", &article("title: GOOD!\nlang: en", "Text.")),
        ("kb/title-de.md", &article("title: Good\nlang: de", "Another language.")),
        (
            "kb/links.md",
            &article(
                "title: Links\nlang: en",
                "One\n\n[dead](nowhere.md) `[code](no.md)`\n[out](../../x.md)",
            ),
        ),
        ("kb/unknown.md", &article("title: Unknown\nlang: en\ncolour: red", "Text.")),
        ("kb/empty.md", &article("title: Empty\nlang: en", "")),
        ("kb/old.md", &article("title: Old\nlang: en\nowner: it\nreview_by: 2020-01-31", "Text.")),
        ("kb/binary.md", "---\ntitle: x\0\n"),
        ("kb/synonyms.yaml", "- [VPN, Tunnel]\n- [Wi-Fi]\n- [Zugang,\n   tunnel]\n"),
    ]);
    fs::write(folder.path().join("kb/latin.md"), b"---\ntitle: Gr\xfc\xdfe\n").unwrap();
    fs::write(folder.path().join("kb/huge.md"), "x".repeat(5 << 20)).unwrap();
    let output = kb(&["lint"], folder.path());
    let said = said(&output);
    let expected = [
        "kb/binary.md:2: the file is not text",
        "kb/de/other.md:4: de/third.md is in the same language",
        "kb/de/third.md:4: there is no article gone",
        "kb/empty.md:5: there is no text after the front matter",
        "kb/huge.md:0: the file is larger than 1024 KiB",
        "kb/latin.md:2: the file is not UTF-8 text",
        "kb/links.md:7: the link leads to no file: nowhere.md",
        "kb/links.md:8: the link leads out of the folder of articles: ../../x.md",
        "kb/sub/other.md:4: de/other.md is a translation of de/third",
        "kb/synonyms.yaml:2: a group needs two words or more",
        "kb/synonyms.yaml:4: tunnel stands in the group of line 1 as well",
        "kb/title.md:2: good.md has the same title",
        "kb/unknown.md:4: ",
        "kb/old.md:5: warning: was to be looked at by it until 2020-01-31",
        "8 articles, 0 replies, 0 scenarios, 13 faults, 1 warnings",
    ];
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{said}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}\nis not\n{expected}");
    }
    assert_eq!(output.status.code(), Some(1));
    let found = json(&kb(&["lint", "--json"], folder.path()));
    assert_eq!(
        (found["articles"].as_u64(), found["faults"].as_array().unwrap().len()),
        (Some(8), 13),
        "{found}"
    );
    assert_eq!(
        (found["faults"][0]["file"].as_str(), found["faults"][0]["line"].as_u64()),
        (Some("binary.md"), Some(2))
    );
}

#[test]
fn an_article_that_is_due_for_review_is_a_fault_only_to_the_strict() {
    let old = article("title: Old\nlang: en\nreview_by: 2020-01-31", "Text.");
    let folder = folder(&[("kb/old.md", &old)]);
    assert_eq!(kb(&["lint"], folder.path()).status.code(), Some(0));
    assert_eq!(kb(&["lint", "--strict"], folder.path()).status.code(), Some(1));
    let nowhere = kb(&["lint", "--kb", "nowhere"], folder.path());
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(said(&nowhere).contains("nowhere cannot be read"), "{}", said(&nowhere));
}

#[test]
fn the_articles_that_come_along_have_no_fault() {
    let output = kb(&["lint"], Path::new(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

const ID: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn a_folder_of_markdown_becomes_articles() {
    let phone = format!(
        "# Das Telefon einrichten\n\nWie die Leitung geschaltet wird, steht [hier](Wiki%20{ID}/Leitung%20{ID}.md#a). \
         ![Foto](foto.png) [Liste](liste.csv) [Web](https://x.example)\n"
    );
    let source = folder(&[
        (&format!("export/Telefon einrichten {ID}.md"), phone.as_str()),
        (
            &format!("export/Wiki {ID}/Leitung {ID}.md"),
            "Wenn die Leitung nicht geht, ist der Stecker nicht drin.\n",
        ),
        (
            "export/wifi.md",
            "---\ntitle: Wi-Fi\ntags: net, radio\ndate: 2024-01-01\naudience: staff\n---\nThe network is this one.\n",
        ),
        ("export/practice/Übung.md", "The text of the training is here.\n"),
        ("export/README.md", "# Overview\n\nWhat there is in this folder.\n"),
        ("export/empty.md", "# Only a heading\n"),
        ("export/liste.csv", "a,b\n"),
        ("export/.obsidian/x.md", "x"),
        (
            "export/z.md",
            &format!("---\ntitle: {}1{}\n---\nIt is nested.\n", "[".repeat(9_000), "]".repeat(9_000)),
        ),
        ("kb/wifi.md", &article("title: Ours\nlang: en", "It was here before.")),
    ]);
    std::os::unix::fs::symlink("/etc/passwd", source.path().join("export/passwd.md")).unwrap();
    let tried = kb(&["import", "export", "--dry-run"], source.path());
    assert_eq!(fs::read_dir(source.path().join("kb")).unwrap().count(), 1, "{}", said(&tried));

    let output = kb(&["import", "export", "--json"], source.path());
    assert_eq!(output.status.code(), Some(1), "one was refused: {}", said(&output));
    let done = json(&output);
    let names = |kind: &str, key: &str| {
        let list = done[kind].as_array().unwrap().iter();
        list.map(|entry| entry[key].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let files =
        ["overview.md", "telefon-einrichten.md", "wiki/leitung.md", "practice-articles/uebung.md", "z.md"];
    for file in files {
        assert!(names("taken", "file").contains(&file.to_owned()), "{done:#}");
    }
    assert_eq!(names("taken", "file").len(), files.len(), "{done:#}");
    assert_eq!(names("refused", "source"), ["empty.md"]);
    assert_eq!(names("skipped", "source"), ["passwd.md", "liste.csv", "wifi.md"]);
    let read = |file: &str| fs::read_to_string(source.path().join("kb").join(file)).unwrap();
    assert!(read("wifi.md").contains("It was here before."));
    assert_eq!(
        read("telefon-einrichten.md"),
        "---\ntitle: Das Telefon einrichten\nlang: de\naudience: everyone\n---\n\nWie die Leitung geschaltet wird, \
         steht [hier](wiki/leitung.md#a). Foto Liste [Web](https://x.example)\n"
    );
    let lint = kb(&["lint"], source.path());
    assert_eq!(lint.status.code(), Some(0), "{}", said(&lint));

    let again = json(&kb(&["import", "export", "--json"], source.path()));
    assert_eq!(again["taken"].as_array().unwrap().len(), 0, "{again:#}");
}

fn archive(folder: &Path, name: &str, files: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(folder.join(name)).unwrap());
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn a_portable_zip_of_bookstack_becomes_articles() {
    let export = serde_json::json!({
        "instance": { "version": "v25.02", "id_ciphertext": "x" },
        "exported_at": "2026-01-01T00:00:00+00:00",
        "book": {
            "id": 8,
            "name": "IT-Handbuch",
            "tags": [{ "name": "it" }],
            "pages": [{
                "id": 40,
                "name": "VPN einrichten",
                "html": "<h2>Der Anfang</h2><p>Die <b>App</b> öffnen, dann <a href=\"[[bsexport:page:41]]\">das Zertifikat\
                    </a> und <a href=\"[[bsexport:page:99]]\">das Alte</a>.</p><script>alert(1)</script>\
                    <img src=\"[[bsexport:image:a.png]]\" alt=\"Bild\">",
                "tags": [{ "name": "system", "value": "vpn" }],
                "attachments": [{ "name": "a", "file": "b" }],
                "priority": 2,
            }],
            "chapters": [{
                "id": 2,
                "name": "../../Sicherheit",
                "pages": [
                    { "id": 41, "name": "The certificate", "markdown": "Where the [app](  [[bsexport:page:40]]  ) is.", "html": "" },
                    { "id": 42, "name": "The certificate", "markdown": "It is the same title." },
                    { "id": 43, "name": "Leer", "html": "<p></p>" },
                ],
            }],
        },
    });
    let folder = tempfile::tempdir().unwrap();
    let bytes = export.to_string();
    archive(
        folder.path(),
        "book.zip",
        &[("data.json", bytes.as_bytes()), ("files/a.png", b"x"), ("../evil.md", b"x")],
    );
    let output = kb(&["import", "book.zip"], folder.path());
    let told = said(&output);
    assert!(told.contains("3 taken, 0 skipped, 1 refused"), "{told}");
    assert!(told.contains("IT-Handbuch / ../../Sicherheit / Leer: there is no text in it"), "{told}");
    assert_eq!(
        fs::read_to_string(folder.path().join("kb/it-handbuch/vpn-einrichten.md")).unwrap(),
        "---\ntitle: VPN einrichten\nlang: de\ntags: [it, \"system: vpn\"]\naudience: everyone\n---\n\n## Der Anfang\n\n\
         Die **App** öffnen, dann [das Zertifikat](sicherheit/the-certificate.md) und das Alte.\n\nBild\n"
    );
    let second =
        fs::read_to_string(folder.path().join("kb/it-handbuch/sicherheit/the-certificate-2.md")).unwrap();
    assert!(second.contains("title: \"The certificate (../../Sicherheit)\""), "{second}");
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["book.zip", "kb"], "nothing is written outside");
    let lint = kb(&["lint"], folder.path());
    assert_eq!(lint.status.code(), Some(0), "{}", said(&lint));
}

#[test]
fn what_cannot_be_imported_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("text.zip"), "no archive").unwrap();
    archive(path, "other.zip", &[("a.md", b"x")]);
    archive(path, "broken.zip", &[("data.json", b"{\"book\": 5}")]);
    archive(path, "nothing.zip", &[("data.json", b"{\"books\": []}")]);
    archive(path, "huge.zip", &[("data.json", &vec![b' '; (64 << 20) + 1])]);
    let whole = fs::read(path.join("broken.zip")).unwrap();
    fs::write(path.join("cut.zip"), &whole[..whole.len() / 2]).unwrap();
    for (source, reason) in [
        ("text.zip", "neither a folder nor a ZIP"),
        ("other.zip", "no portable ZIP of BookStack"),
        ("broken.zip", "not as BookStack writes it"),
        ("nothing.zip", "neither a book nor a chapter nor a page"),
        ("huge.zip", "larger than 64 MiB"),
        ("cut.zip", "neither a folder nor a ZIP"),
        ("nowhere", "cannot be used"),
    ] {
        let output = kb(&["import", source], path);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(1), "{source}: {told}");
        assert!(told.contains(reason) && !told.contains("panicked"), "{source}: {told}");
    }
    assert!(!path.join("kb").exists());
}

/// Every kind of file that is none, beside one that is.
#[test]
fn no_file_keeps_the_others_from_being_served() {
    let folder = folder(&[
        ("kb/good.md", &article("title: The printer is offline\nlang: en", "Switch it off and on.")),
        ("kb/twice.md", &article("title: First\nlang: en", "One.")),
        ("kb/twice.md.md", &article("title: Second\nlang: en", "Two.")),
        ("kb/yaml.md", "---\ntitle: [a\nlang: {{{\n---\nx\n"),
        (
            "kb/bomb.md",
            &format!(
                "---\ntitle: x\nlang: en\ntags: {}1{}\n---\nx\n",
                "[".repeat(50_000),
                "]".repeat(50_000)
            ),
        ),
        ("kb/deep.md", &article("title: Deep\nlang: en", &"> ".repeat(20_000))),
        ("kb/brackets.md", &article("title: Brackets\nlang: en", &"[".repeat(100_000))),
        ("kb/circle.md", &article("title: Circle\nlang: en\ntranslation: circle", "[me](circle.md)")),
        ("kb/synonyms.yaml", &"- [a, b]\n".repeat(100_000)),
    ]);
    let kb = folder.path().join("kb");
    fs::write(kb.join("random.md"), [0xff_u8, 0xfe, 0, 1, 2, 0x80].repeat(1000)).unwrap();
    fs::write(kb.join("huge.md"), article("title: Huge\nlang: en", &"word ".repeat(1 << 20))).unwrap();
    fs::write(kb.join("large.md"), article("title: Large\nlang: en", &"many words here ".repeat(60_000)))
        .unwrap();
    std::os::unix::fs::symlink(&kb, kb.join("loop")).unwrap();
    std::os::unix::fs::symlink("self.md", kb.join("self.md")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", kb.join("zero.md")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(kb.join("pipe.md")).status().unwrap();
    assert!(made.success());
    let options = KnowledgeOptions { kb_folder: kb, index_folder: folder.path().join("index") };
    let (knowledge, report) = Knowledge::open(&options).unwrap();
    let mut faulty: Vec<_> = report.faults.iter().map(|fault| fault.file.as_str()).collect();
    faulty.sort_unstable();
    let expected = ["bomb.md", "huge.md", "random.md", "self.md", "synonyms.yaml", "yaml.md"];
    assert_eq!(faulty, expected, "{:#?}", report.faults);
    for text in ["the printer is offline", "many words here", "[[[[[", "circle"] {
        let question = Question {
            guild: GuildId(1),
            text: text.to_owned(),
            language: Language::En,
            audience: Audience::Everyone,
        };
        let answer = knowledge.answer_blocking(&Shelf::default(), &question).unwrap();
        assert!(!text.starts_with("the printer") || answer.hits[0].article.0 == "good");
    }
}

#[test]
fn lint_names_what_is_wrong_with_scenarios() {
    let scenario = |name: &str, articles: &str, body: &str| {
        let head = format!(
            "name: {name}\ntitle: A\nlang: en\nrequester: Jo\nopening: Help\ncategory: network\narticles: {articles}\n\
             why: So\ntone: [Kind?]"
        );
        article(&head, body)
    };
    let folder = folder(&[
        ("kb/vpn.md", &article("title: VPN\nlang: en", "Text.")),
        ("kb/practice/good.md", &scenario("good", "[vpn]", "Hm.\n## when: error\n809")),
        ("kb/practice/gone.md", &scenario("gone", "[vpn, mail]", "Hm.")),
        ("kb/practice/heading.md", &scenario("heading", "[vpn]", "Hm.\n\n## whatever\n809")),
        ("kb/practice/twice.md", &scenario("good", "[vpn]", "Hm.")),
    ]);
    let output = kb(&["lint"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    for line in [
        "kb/practice/gone.md:8: there is no article mail",
        "kb/practice/heading.md:14: this heading means nothing here",
        "kb/practice/twice.md:1: there is a scenario good in this language already",
        "1 articles, 0 replies, 2 scenarios, 3 faults, 0 warnings",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}
