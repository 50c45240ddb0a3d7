//! Discord's errors: an HTTP status, a JSON code, a sentence, and for a bad form the nested `errors`.
//!
//! Codes are those of Discord docs, topics/opcodes-and-status-codes; the nesting follows
//! Discord docs, reference: error messages. Statuses that the page does not name are the ones seen in
//! public reports.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::ratelimit::{Scope, TooSoon};

/// Why Discord said no.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: u64,
    pub(crate) message: String,
    pub(crate) errors: Option<Value>,
    /// For a 429: when to come back.
    pub(crate) too_soon: Option<Box<TooSoon>>,
}

impl Refusal {
    /// A refusal without nested errors.
    pub(crate) fn new(status: u16, code: u64, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None, too_soon: None }
    }

    /// A call that came too soon (Discord docs, topics/rate-limits).
    pub(crate) fn too_soon(how: TooSoon) -> Self {
        Self { too_soon: Some(Box::new(how)), ..Self::new(429, 0, "You are being rate limited.") }
    }

    /// The body as it is sent.
    pub(crate) fn body(&self) -> Value {
        if let Some(how) = &self.too_soon {
            let seconds = Duration::from_millis(how.retry_after_ms).as_secs_f64();
            return json!({ "message": self.message, "retry_after": seconds, "global": how.scope == Scope::Global });
        }
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

macro_rules! refusals {
    ($($name:ident = $status:literal, $code:literal, $message:literal;)*) => {
        $(pub(crate) fn $name() -> Refusal { Refusal::new($status, $code, $message) })*
    };
}

refusals! {
    unauthorized = 401, 0, "401: Unauthorized";
    unknown_route = 404, 0, "404: Not Found";
    wrong_method = 405, 0, "405: Method Not Allowed";
    blocked_user_agent = 403, 40333, "internal network error";
    unknown_application = 404, 10002, "Unknown Application";
    unknown_channel = 404, 10003, "Unknown Channel";
    unknown_guild = 404, 10004, "Unknown Guild";
    unknown_member = 404, 10007, "Unknown Member";
    unknown_message = 404, 10008, "Unknown Message";
    unknown_role = 404, 10011, "Unknown Role";
    unknown_user = 404, 10013, "Unknown User";
    unknown_webhook = 404, 10015, "Unknown Webhook";
    unknown_interaction = 404, 10062, "Unknown interaction";
    unknown_command = 404, 10063, "Unknown application command";
    too_many_daily_commands = 429, 30034, "Max number of daily application command creates has been reached (200)";
    too_many_commands = 400, 30032, "Maximum number of application commands reached (100).";
    thread_full = 400, 30033, "Maximum number of thread participants has been reached (1000).";
    too_large = 413, 40005, "Request entity too large";
    already_acknowledged = 400, 40060, "Interaction has already been acknowledged.";
    missing_access = 403, 50001, "Missing Access";
    other_peoples_message = 403, 50005, "Cannot edit a message authored by another user";
    empty_message = 400, 50006, "Cannot send an empty message";
    direct_messages_closed = 403, 50007, "Cannot send messages to this user";
    missing_permissions = 403, 50013, "Missing Permissions";
    wrong_channel_type = 400, 50024, "Cannot execute action on this channel type";
    system_message = 403, 50021, "Cannot execute action on a system message";
    bad_webhook_token = 401, 50027, "Invalid Webhook Token";
    bad_recipient = 400, 50033, "Invalid Recipient(s)";
    bad_api_version = 400, 50041, "Invalid API version provided";
    archived_thread = 400, 50083, "Thread is archived";
    bad_json = 400, 50109, "The request body contains invalid JSON.";
    locked_thread = 400, 160_005, "Thread is locked";
    too_many_threads = 400, 160_006, "Maximum number of active threads reached";
    thread_exists = 400, 160_004, "A thread has already been created for this message";
}

/// Collects the faults of a form, each with the path to its field.
#[derive(Debug, Default)]
pub(crate) struct FormFaults {
    root: Map<String, Value>,
    count: usize,
}

impl FormFaults {
    /// Notes a fault at a dotted path such as `embeds.0.title`; an empty path is the form itself.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        self.count += 1;
        let mut node = &mut self.root;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let child = node.entry(key).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(map) = child else { return };
            node = map;
        }
        let list = node.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({ "code": code, "message": message.into() }));
        }
    }

    /// Whether nothing was wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The refusal, if anything was noted.
    pub(crate) fn into_result(self) -> Result<(), Refusal> {
        if self.is_empty() {
            return Ok(());
        }
        let mut refusal = Refusal::new(400, 50035, "Invalid Form Body");
        refusal.errors = Some(Value::Object(self.root));
        Err(refusal)
    }

    /// Notes a text that is too short or too long, counted in characters.
    pub(crate) fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length < min || length > max {
            if min == 0 {
                self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
            } else {
                self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
            }
        }
    }

    /// Notes a field that had to be there.
    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }
}

/// A refusal with a single fault.
pub(crate) fn bad_form(path: &str, code: &str, message: impl Into<String>) -> Refusal {
    let mut faults = FormFaults::default();
    faults.add(path, code, message);
    match faults.into_result() {
        Err(refusal) => refusal,
        Ok(()) => Refusal::new(400, 50035, "Invalid Form Body"),
    }
}

/// A sub-path below a path.
pub(crate) fn below(path: &str, key: impl std::fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}
