//! The demo's page in a real browser: headless Chromium, driven by what a person sees and presses.
//!
//! Every story has a demo and a browser of its own. Nothing waits for a fixed time: each step is tried again
//! until it succeeds or patience ends. What the page showed when a story failed is kept as a picture in
//! `target/browser-failures`, and its text is printed.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use futures_util::FutureExt as _;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::program::{Running, frontdesk};

/// Long enough for a slow machine, and only ever waited for when the test is about to fail.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the page is looked at while something is awaited.
const GLANCE: Duration = Duration::from_millis(40);
/// How long the driver may take to end the browser before it is killed.
const FAREWELL: Duration = Duration::from_secs(10);

const ENGLISH: &str = "en-GB";
const GERMAN: &str = "de-DE";

/// Lets only a click through that hits the element, and remembers whether one did.
const AIM: &str = r#"
    const target = arguments[0];
    if (window.aim) document.removeEventListener("click", window.aim.listener, true);
    window.aim = { hit: false, listener(event) {
        window.aim.hit = target.contains(event.target);
        if (!window.aim.hit) event.stopImmediatePropagation();
        document.removeEventListener("click", window.aim.listener, true);
    } };
    document.addEventListener("click", window.aim.listener, true);
"#;

/// Chromium's driver; it ends its browsers when it is asked to stop, and not when it is killed.
struct Driver {
    _program: Running,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("chromedriver");
        let installed = command.arg("--version").output();
        assert!(
            installed.is_ok(),
            "chromedriver is missing. On Debian: apt-get install chromium chromium-driver"
        );
        let mut command = Command::new("chromedriver");
        command.arg("--port=0");
        let mut program = Running::start(command);
        let line = program.waits_for_line("started successfully on port ");
        let port = line.rsplit(' ').next().unwrap().trim_end_matches('.').parse().unwrap();
        Self { _program: program, port }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let Ok(mut connection) = TcpStream::connect(("127.0.0.1", self.port)) else { return };
        let _ = connection.set_read_timeout(Some(FAREWELL));
        let request =
            format!("GET /shutdown HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port);
        let _ = connection.write_all(request.as_bytes());
        let _ = connection.read_to_end(&mut Vec::new());
    }
}

/// Somebody's browser with the demo's page open in it.
struct Browser {
    client: Client,
    _driver: Driver,
    _profile: tempfile::TempDir,
    _demo: Running,
}

impl Browser {
    /// Plays a story on a new demo, and keeps a picture of the page when it fails.
    async fn play(name: &str, language: &str, story: impl AsyncFnOnce(&Self)) {
        let browser = Self::open(language).await;
        let played = AssertUnwindSafe(story(&browser)).catch_unwind().await;
        if let Err(panic) = played {
            let text = browser.text("body").await.unwrap_or_else(|error| error.to_string());
            let picture = browser.keep_picture(name).await;
            eprintln!("{name} failed; the page is kept in {}. It read:\n{text}", picture.display());
            resume_unwind(panic);
        }
    }

    async fn open(language: &str) -> Self {
        let mut demo = frontdesk();
        demo.arg("demo").env("LC_ALL", format!("{}.UTF-8", language.replace('-', "_")));
        let mut demo = Running::start(demo);
        let address = demo.waits_for_line("The demo runs at ").rsplit(' ').next().unwrap().to_owned();
        let driver = Driver::start();
        let profile = tempfile::tempdir().unwrap();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(language, profile.path()))
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("chromedriver starts Chromium; on Debian: apt-get install chromium");
        client.goto(&address).await.unwrap();
        Self { client, _driver: driver, _profile: profile, _demo: demo }
    }

    async fn keep_picture(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser-failures");
        let file = folder.join(format!("{name}.png"));
        match self.client.screenshot().await {
            Ok(picture) => {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&file, picture).unwrap();
            }
            Err(error) => eprintln!("no picture could be taken: {error}"),
        }
        file
    }

    /// What there is to read in the first element that the selector finds.
    async fn text(&self, selector: &str) -> Result<String, CmdError> {
        self.client.find(Locator::Css(selector)).await?.text().await
    }

    /// Tries again until it succeeds. An element may be replaced or covered while one reaches for it, so
    /// every refusal is worth another try.
    async fn until<T>(&self, what: &str, attempt: impl AsyncFn() -> Result<Option<T>, CmdError>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let outcome = attempt().await;
            if let Ok(Some(found)) = outcome {
                return found;
            }
            if Instant::now() > deadline {
                let refusal = outcome.err().map(|error| format!(": {error}")).unwrap_or_default();
                panic!("waited in vain for {what}{refusal}");
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Clicks it with the mouse. The driver aims at a place, and a message that comes or changes in that moment
    /// moves what stood there; so a click that lands elsewhere is kept from the page, and tried again.
    async fn click(&self, what: &str, locator: Locator<'_>) {
        self.until(what, async || {
            let target = self.client.find(locator).await?;
            self.client.execute(AIM, vec![serde_json::to_value(&target)?]).await?;
            target.click().await?;
            let hit = self.client.execute("return window.aim.hit", Vec::new()).await?;
            Ok((hit == Value::Bool(true)).then_some(()))
        })
        .await;
    }

    /// Becomes somebody.
    async fn be(&self, person: &str) {
        let tab = format!("[data-testid='person-{}']", person.to_lowercase());
        self.click(person, Locator::Css(&tab)).await;
        self.appears(&format!("{tab}[aria-selected='true']")).await;
    }

    /// Opens a channel, or a thread whose name begins like this.
    async fn open_channel(&self, name: &str) {
        let entry =
            format!(".channel[data-testid^='channel-{name}'], .channel[data-testid^='thread-{name}']");
        self.click(name, Locator::Css(&entry)).await;
        self.until(name, async || {
            Ok(self.text("#room-head .room-name").await?.starts_with(name).then_some(()))
        })
        .await;
    }

    /// Presses the newest button with this label under a message.
    async fn press(&self, label: &str) {
        let button = format!("(//article//button[normalize-space()='{label}' and not(@disabled)])[last()]");
        self.click(label, Locator::XPath(&button)).await;
    }

    /// Fills in the open form, each field by the beginning of its label, and sends it.
    async fn fill(&self, fields: &[(&str, &str)]) {
        for (label, text) in fields {
            let field =
                format!("//dialog[@open]//*[@id=//dialog[@open]//label[starts-with(., '{label}')]/@for]");
            self.until(label, async || {
                self.client.find(Locator::XPath(&field)).await?.send_keys(text).await?;
                Ok(Some(()))
            })
            .await;
        }
        self.click("Submit", Locator::Css("dialog[open] button[type='submit']")).await;
        self.disappears("dialog[open]").await;
    }

    /// Types into whatever has the focus.
    async fn types(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    async fn presses_key(&self, key: Key) {
        self.types(&char::from(key).to_string()).await;
    }

    /// Waits until the open channel says this.
    async fn sees(&self, text: &str) {
        self.until(text, async || Ok(self.text("#log").await?.contains(text).then_some(()))).await;
    }

    async fn appears(&self, selector: &str) {
        self.until(selector, async || self.client.find(Locator::Css(selector)).await.map(Some)).await;
    }

    /// Waits until what is typed goes there. The style sheet's `:focus` says less: it wants the whole window to be in front,
    /// which one without a screen need not be.
    async fn is_at(&self, name: &str) {
        self.until(&format!("typing to go to {name}"), async || {
            let at = self.client.active_element().await?.attr("data-testid").await?;
            Ok((at.as_deref() == Some(name)).then_some(()))
        })
        .await;
    }

    async fn disappears(&self, selector: &str) {
        self.until(&format!("{selector} to go"), async || {
            Ok(self.client.find_all(Locator::Css(selector)).await?.is_empty().then_some(()))
        })
        .await;
    }

    /// Whether the list on the left has a thread at this moment.
    async fn has_a_thread(&self) -> bool {
        !self.client.find_all(Locator::Css(".channel.thread")).await.unwrap().is_empty()
    }
}

fn capabilities(language: &str, profile: &Path) -> serde_json::Map<String, Value> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--lang={language}"));
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let options = json!({ "args": arguments, "prefs": { "intl.accept_languages": language } });
    serde_json::Map::from_iter([("goog:chromeOptions".to_owned(), options)])
}

/// Ana asks with the mouse, and has the answer below her question.
async fn ana_asks(page: &Browser, question: &str) {
    page.be("Ana").await;
    page.open_channel("support").await;
    page.types("/").await;
    page.click("/support", Locator::Css("[data-testid='pick-support']")).await;
    page.is_at("option-question").await;
    page.types(question).await;
    page.appears("[role='listbox'] [role='option']").await;
    page.click("Send", Locator::Css("[data-testid='send']")).await;
    page.sees("Only you can see this").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_ticket_is_played_on_the_page() {
    Browser::play("a_whole_ticket", ENGLISH, async |page| {
        ana_asks(page, "my VPN does not connect").await;
        page.sees("The VPN does not connect").await;
        assert!(!page.has_a_thread().await, "there is a thread before there is a ticket");
        page.press("Open a ticket").await;
        page.fill(&[("What happens", "Since this morning, from home.")]).await;
        page.sees("Ticket #1 is recorded").await;
        page.open_channel("#1").await;
        page.sees("Waiting for first level").await;

        page.be("Ben").await;
        page.open_channel("support-queue").await;
        page.sees("Since this morning, from home.").await;
        page.press("Claim").await;
        page.sees("In progress").await;
        // The pressed button is gone; the keyboard goes on from its message.
        page.appears(".message:focus").await;
        page.press("Escalate").await;
        page.fill(&[("What was tried", "Other networks, other account.")]).await;
        page.sees("Escalation of #1").await;

        page.be("Sven").await;
        page.open_channel("support-queue").await;
        page.sees("Other networks, other account.").await;
        assert!(!page.has_a_thread().await, "Sven reads the thread before he accepts");
        page.press("Accept").await;
        page.open_channel("#1").await;
        page.sees("In progress at second level").await;
        page.press("Resolve").await;
        page.fill(&[("The solution", "Your certificate is renewed; please connect again.")]).await;
        page.sees("The solution for your ticket #1").await;

        page.be("Ana").await;
        page.sees("Your certificate is renewed").await;
        page.press("That works").await;
        page.sees("The ticket is closed now").await;
        page.open_channel("support").await;
        page.sees("Ticket #1 is closed").await;
        page.press("5").await;
        page.sees("Thank you for your rating").await;
        page.press("Reopen").await;
        page.sees("Ticket #1 is open again").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_needs_no_mouse() {
    Browser::play("no_mouse", ENGLISH, async |page| {
        page.is_at("composer").await;
        page.types("/sup").await;
        page.appears("[data-testid='pick-support'].active").await;
        page.presses_key(Key::Enter).await;
        page.is_at("option-question").await;
        // Nothing is sent without a question, and the focus stays where the question is missing.
        page.presses_key(Key::Enter).await;
        page.appears("[data-testid='refusal']:not([hidden])").await;
        page.is_at("option-question").await;
        page.types("printer is offline").await;
        page.presses_key(Key::Enter).await;
        page.sees("The printer is shown as offline").await;
        page.is_at("composer").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_browser_reads_german() {
    Browser::play("german", GERMAN, async |page| {
        page.appears("html[lang='de']").await;
        page.appears("[data-testid='composer'][placeholder='Nachricht an #support']").await;
        page.until("the hints", async || {
            Ok(page.text("#hints").await?.contains("Die letzte Schaltfläche").then_some(()))
        })
        .await;
        page.types("/").await;
        page.until("the commands", async || {
            Ok(page.text("[role='listbox']").await?.contains("Befehle").then_some(()))
        })
        .await;
        page.types("support ").await;
        page.is_at("option-question").await;
        page.types("mein VPN verbindet sich nicht").await;
        page.presses_key(Key::Enter).await;
        page.sees("Nur du kannst das sehen").await;
        page.press("Ticket öffnen").await;
        page.appears("dialog[open]").await;
    })
    .await;
}
