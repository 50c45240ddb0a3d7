//! `frontdesk kb search` and `frontdesk kb eval` as people run them.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::program::frontdesk;

fn kb(arguments: &[&str]) -> Output {
    frontdesk().arg("kb").args(arguments).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn an_explanation_names_every_word_and_what_it_was_found_as() {
    let output = kb(&["search", "mein Druker druckt nicht", "--lang", "de", "--explain"]);
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    for expected in
        ["asked in: de", "confidence:", "to begin with", "a typing error", "the same", "(little word)"]
    {
        assert!(said.contains(expected), "{expected:?} in:\n{said}");
    }
    let english = kb(&["search", "Kennwort", "--lang", "en", "--explain"]);
    assert!(self::said(&english).contains("a synonym"), "{}", self::said(&english));
}

#[test]
fn an_explanation_for_machines_adds_up() {
    let output = kb(&["search", "printer is offline", "--explain", "--json"]);
    let value: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let hits = value["explanation"]["hits"].as_array().expect("there are hits");
    assert_eq!(hits[0]["article"], value["hits"][0]["article"]);
    for hit in hits {
        let reasons = &hit["reasons"];
        let number = |value: &Value| value.as_f64().expect("a number");
        let words = reasons["words"].as_array().expect("words");
        let found = words.iter().flat_map(|word| word["found"].as_array().expect("finds"));
        let of_words: f64 = found.map(|found| number(&found["added"])).sum();
        let places =
            ["together", "in_line", "in_order"].map(|part| number(&reasons[part])).iter().sum::<f64>();
        let sum = (of_words + places) * number(&reasons["language"]);
        assert!((sum - number(&hit["score"])).abs() < 1e-3, "{hit:#}");
    }
    let plain = kb(&["search", "printer is offline", "--json"]);
    let plain: Value = serde_json::from_slice(&plain.stdout).expect("it is JSON");
    assert!(plain.get("explanation").is_none());
}

const CORPUS: &str = "{\"id\":\"a\",\"title\":\"Reset your password\",\"text\":\"Open the portal.\",\"lang\":\"en\"}\n\
    {\"id\":\"b\",\"title\":\"Printer offline\",\"text\":\"Check the cable.\",\"lang\":\"en\"}\n";
const QUERIES: &str = "{\"id\":\"1\",\"text\":\"how do I reset my password\",\"lang\":\"en\"}\n\
    {\"id\":\"2\",\"text\":\"where is the moon\",\"lang\":\"en\"}\n";

fn eval(folder: &Path, corpus: &str, queries: &str, qrels: &str, no_answer: &str) -> Output {
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    kb(&[
        "eval",
        "--corpus",
        &file("corpus.jsonl", corpus),
        "--queries",
        &file("queries.jsonl", queries),
        "--qrels",
        &file("qrels.tsv", qrels),
        "--no-answer",
        &file("noanswer.txt", no_answer),
        "--json",
    ])
}

#[test]
fn a_set_is_measured_under_fixed_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = eval(folder.path(), CORPUS, QUERIES, "1\ta\t1\n", "2\n");
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    for name in ["ndcg_at_10", "mrr_at_10", "success_at_1", "success_at_3", "recall_at_10", "auroc"] {
        assert_eq!(report[name], 1.0, "{name}: {report:#}");
    }
    assert_eq!(report["precision_at_coverage"]["50"], 1.0, "{report:#}");
    assert_eq!(report["precision_at_coverage"]["90"], 0.5, "{report:#}");
    assert!(report["latency_ms"]["p50"].is_number() && report["latency_ms"]["p99"].is_number());
    assert_eq!((&report["questions"], &report["articles"]), (&Value::from(2), &Value::from(2)));
}

#[test]
fn a_faulty_set_is_one_sentence_and_no_success() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        (("{\"id\":\"a\"\n", QUERIES, "1\ta\t1\n", ""), "corpus.jsonl:1"),
        ((CORPUS, "\n[]\n", "1\ta\t1\n", ""), "queries.jsonl:2"),
        ((CORPUS, QUERIES, "1 a 1\n", ""), "qrels.tsv:1"),
        ((CORPUS, QUERIES, "1\ta\tmuch\n", ""), "qrels.tsv:1: the grade is not a number"),
        ((CORPUS, QUERIES, "1\ta\t1\n7\ta\t1\n", ""), "qrels.tsv:2: there is no question 7"),
        ((CORPUS, QUERIES, "1\tz\t1\n", ""), "qrels.tsv:1: there is no article z"),
        ((CORPUS, QUERIES, "1\ta\t1\n", "9\n"), "noanswer.txt:1: there is no question 9"),
        ((CORPUS, QUERIES, "", ""), "no question has a relevant article"),
    ];
    for ((corpus, queries, qrels, no_answer), expected) in cases {
        let output = eval(folder.path(), corpus, queries, qrels, no_answer);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && output.stdout.is_empty(), "{expected}: {output:?}");
        assert!(error.contains(expected) && error.trim().lines().count() == 1, "{expected}: {error}");
    }
    let missing = kb(&["eval", "--corpus", "/nowhere.jsonl", "--queries", "/nowhere", "--qrels", "/nowhere"]);
    let error = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(!missing.status.success() && error.contains("/nowhere.jsonl cannot be read"), "{error}");
}
