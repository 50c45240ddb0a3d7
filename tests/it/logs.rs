//! What is logged while stories are told: an event that cannot be decoded must not pass unseen.

use std::fmt::Write as _;
use std::sync::{Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

static UNDECODED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static WATCHING: Once = Once::new();

struct Watch;

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl<S: Subscriber> Layer<S> for Watch {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        let undecoded =
            text.0.contains("could not be decoded") || text.0.contains("An unknown event was received");
        if undecoded && text.0.contains("INTERACTION_CREATE") {
            UNDECODED.lock().unwrap().push(text.0);
        }
    }
}

/// Watches from now on, once in the program's life. `RUST_LOG` still prints.
pub(crate) fn watch() {
    WATCHING.call_once(|| {
        let print = tracing_subscriber::fmt::layer()
            .with_test_writer()
            .with_filter(tracing_subscriber::EnvFilter::from_default_env());
        let watch = Watch.with_filter(filter_fn(|about| {
            let ours = ["serenity::client", "serenity::gateway", "frontdesk"]
                .iter()
                .any(|ours| about.target().starts_with(ours));
            ours && *about.level() <= tracing::Level::DEBUG
        }));
        tracing_subscriber::registry().with(watch).with(print).with(crate::plans::layer()).init();
    });
}

/// Fails when an event could not be decoded; serenity says so at DEBUG and goes on.
pub(crate) fn assert_all_decoded() {
    let undecoded = UNDECODED.lock().unwrap();
    assert!(undecoded.is_empty(), "{undecoded:#?}");
}
