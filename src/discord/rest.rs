//! Everything that the desk asks of Discord's REST API.
//!
//! serenity builds the requests and its types the bodies; sending is done here, because serenity's rate limiter works
//! for discord.com only and drops the `Retry-After` of a refusal. Discord's limits are read from its headers, as its
//! documentation asks (topics/rate-limits; `limits.rs`): a bucket that is empty is waited for, a 429 is obeyed, and a wait that is
//! longer than [`LONGEST_WAIT`] is handed to the outbox, which waits in the database.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, HeaderMap};
use reqwest::multipart::{Form, Part};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serenity::builder::CreateInteractionResponse;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id::InteractionId;
use tokio::time::Instant;

use super::invalid::Invalid;
use super::limits::{Counted, Limits, number, seconds};
use super::route_class::Measured;
use crate::domain::file::File;
use crate::meter;

/// The longest wait inside a call: who waits longer had better do something else meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// The same where a person waits who knows that it takes a while, and has nobody else to do it.
const PATIENT_WAIT: Duration = Duration::from_secs(20);

tokio::task_local! {
    /// The longest wait inside a call of this task.
    static WAITS_AT_MOST: Duration;
}
/// How long a call may take before its outcome counts as unknown.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Connections that are kept while nobody uses them. A burst opens one for everybody who waits; all of them kept would hold
/// its memory for good, and steady work needs few spare ones, however many it uses at a time.
const IDLE_CONNECTIONS: usize = 64;

/// A client for Discord, or for what stands in for it.
pub struct Rest {
    client: reqwest::Client,
    token: SecretString,
    origin: String,
    limits: Mutex<Limits>,
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// Why a call did not do what it should. Nothing in it is secret: no address (they can hold tokens), no body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Discord said no, with its reason.
    #[error("Discord refused with {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code (topics/opcodes-and-status-codes), 0 when it gave none.
        code: u64,
        /// Discord's own words, with the paths of what it did not like.
        message: String,
    },
    /// Discord wants us to wait.
    #[error("Discord asks to wait {} ms", after.as_millis())]
    RateLimited {
        /// How long.
        after: Duration,
    },
    /// Discord has trouble of its own.
    #[error("Discord failed with {status}")]
    Failed {
        /// The HTTP status.
        status: u16,
    },
    /// Discord was not reached, or went away before answering: the effect may be there or not.
    #[error("Discord was not reached: {0}")]
    Unreached(String),
    /// Discord answered something that is not what it documents.
    #[error("Discord answered something unexpected: {0}")]
    Unexpected(String),
}

impl RestError {
    /// Discord's code of a refusal.
    pub const fn code(&self) -> Option<u64> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether Discord says that an interaction is over: too late (10062), or answered by another process (40060).
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Refused { code: 10_062 | 40_060, .. })
    }

    /// Whether the token itself was refused.
    pub const fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Refused { status: 401, .. })
    }
}

/// Does something whose calls wait for Discord's limits as long as a person does who knows that it takes a while.
pub(super) async fn patiently<T>(work: impl Future<Output = T>) -> T {
    WAITS_AT_MOST.scope(PATIENT_WAIT, work).await
}

fn longest_wait() -> Duration {
    WAITS_AT_MOST.try_with(|longest| *longest).unwrap_or(LONGEST_WAIT)
}

impl Rest {
    /// A client for an origin such as `https://discord.com`.
    pub fn new(origin: &str, token: &SecretString) -> Result<Self, RestError> {
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| RestError::Unexpected(error.to_string()))?;
        let token = SecretString::from(format!("Bot {}", token.expose_secret()));
        Ok(Self { client, token, origin: origin.trim_end_matches('/').to_owned(), limits: Mutex::default() })
    }

    /// Reads something.
    pub async fn get<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T, RestError> {
        self.get_with(route, Vec::new()).await
    }

    /// Reads something, with query parameters.
    pub async fn get_with<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        parameters: Vec<(&'static str, String)>,
    ) -> Result<T, RestError> {
        decode(&self.send(route, LightMethod::Get, Body::None, parameters).await?)
    }

    /// Sends something and reads what became of it.
    pub async fn send_json<T: DeserializeOwned>(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &impl Serialize,
    ) -> Result<T, RestError> {
        decode(&self.send(route, method, Body::Json(json(body)?), Vec::new()).await?)
    }

    /// The same with files beside a message's body.
    pub async fn send_with_files<T: DeserializeOwned>(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &impl Serialize,
        files: Vec<File>,
    ) -> Result<T, RestError> {
        if files.is_empty() {
            return self.send_json(method, route, body).await;
        }
        decode(&self.send(route, method, with_files(body, files)?, Vec::new()).await?)
    }

    /// Answers an interaction. Discord does not limit these, and no limit of anything else holds them up.
    pub async fn answer(
        &self,
        interaction_id: InteractionId,
        token: &str,
        response: &CreateInteractionResponse,
    ) -> Result<(), RestError> {
        let route = Route::InteractionResponse { interaction_id, token };
        let request = Request::new(route, LightMethod::Post).body(Some(json(response)?));
        let call = Measured::begin(LightMethod::Post, route);
        let answered = self.perform(request, None).await;
        call.end(answered.and_then(|(status, headers, body)| judge(status, &headers, &body)))
    }

    /// The client itself, for what is not Discord's API.
    pub(super) const fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Where Discord is.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// The token, for the gateway.
    pub(super) fn token(&self) -> &SecretString {
        &self.token
    }

    /// Does something that needs no body and gives none back.
    pub async fn call(&self, method: LightMethod, route: Route<'_>) -> Result<(), RestError> {
        self.send(route, method, Body::None, Vec::new()).await.map(drop)
    }

    async fn send(
        &self,
        route: Route<'_>,
        method: LightMethod,
        body: Body,
        parameters: Vec<(&'static str, String)>,
    ) -> Result<Vec<u8>, RestError> {
        let bucket = Counted::of(&route);
        let parameters = (!parameters.is_empty()).then_some(parameters);
        let request = Request::new(route, method).params(parameters);
        let (request, files) = match body {
            Body::None => (request, None),
            Body::Json(bytes) => (request.body(Some(bytes)), None),
            Body::Files(body, files) => (request, Some((body, files))),
        };
        let mut retried = false;
        loop {
            self.wait_for_turn(bucket).await?;
            let form = files.as_ref().map(|(body, files)| form(body, files)).transpose()?;
            let call = Measured::begin(method, route);
            let (status, headers, body) = match self.perform(request.clone(), form).await {
                Ok(answer) => answer,
                Err(error) => return call.end(Err(error)),
            };
            self.limits(|limits| limits.learn(bucket, &headers, Instant::now()));
            match call.end(judge(status, &headers, &body)) {
                Ok(()) => return Ok(body),
                Err(RestError::RateLimited { after }) => {
                    self.limits(|limits| limits.hold(bucket, &headers, after, Instant::now()));
                    if retried || after > longest_wait() {
                        return Err(RestError::RateLimited { after });
                    }
                    retried = true;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// One exchange, whatever comes of it.
    async fn perform(
        &self,
        request: Request<'_>,
        form: Option<Form>,
    ) -> Result<(StatusCode, HeaderMap, Vec<u8>), RestError> {
        let mut request = request
            .build(&self.client, self.token.expose_secret(), Some(&self.origin))
            .map_err(|_| RestError::Unexpected("the request could not be built".to_owned()))?;
        if let Some(form) = form {
            // serenity says that a request without a body of its own has none; the form says how long it is.
            let mut bare = request.build().map_err(unreached)?;
            bare.headers_mut().remove(CONTENT_LENGTH);
            request = reqwest::RequestBuilder::from_parts(self.client.clone(), bare).multipart(form);
        }
        let response = request.send().await.map_err(unreached)?;
        let (status, headers) = (response.status(), response.headers().clone());
        self.count(status, &headers);
        let body = response.bytes().await.map_err(unreached)?;
        Ok((status, headers, body.to_vec()))
    }

    /// Waits until the bucket and the whole bot may send, unless that is too long.
    async fn wait_for_turn(&self, bucket: Counted) -> Result<(), RestError> {
        loop {
            let until = self.limits(|limits| limits.take(bucket, Instant::now()));
            let Some(until) = until else { return Ok(()) };
            let wait = until.saturating_duration_since(Instant::now());
            if wait > longest_wait() {
                return Err(RestError::RateLimited { after: wait });
            }
            meter::discord_wait(wait);
            tokio::time::sleep_until(until).await;
        }
    }

    fn limits<T>(&self, with: impl FnOnce(&mut Limits) -> T) -> T {
        with(&mut self.limits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts what Discord counts against the whole address.
    fn count(&self, status: StatusCode, headers: &HeaderMap) {
        let is_shared = headers.get("x-ratelimit-scope").is_some_and(|scope| scope == "shared");
        if Invalid::counts(status.as_u16(), is_shared) {
            self.limits(|limits| limits.refused(Instant::now()));
        }
    }
}

/// Discord's body of a refusal (reference, error messages).
#[derive(serde::Deserialize)]
struct Refusal {
    #[serde(default)]
    code: u64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: serde_json::Value,
    retry_after: Option<f64>,
}

fn judge(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<(), RestError> {
    if status.is_success() {
        return Ok(());
    }
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    if status == StatusCode::TOO_MANY_REQUESTS {
        let after =
            refusal.and_then(|refusal| refusal.retry_after).or_else(|| number(headers, "retry-after"));
        return Err(RestError::RateLimited { after: seconds(after.unwrap_or(1.0)) });
    }
    if status.is_server_error() {
        return Err(RestError::Failed { status: status.as_u16() });
    }
    let (code, message) = refusal.map_or((0, String::new()), |refusal| {
        let mut message = refusal.message;
        if !refusal.errors.is_null() {
            message.push_str(" at ");
            message.push_str(&error_paths(&refusal.errors));
        }
        (refusal.code, message)
    });
    Err(RestError::Refused { status: status.as_u16(), code, message })
}

/// Where in the body Discord found faults: the paths only, because its messages can repeat what was sent.
fn error_paths(errors: &serde_json::Value) -> String {
    fn walk(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
        let Some(fields) = value.as_object() else { return };
        for (name, inner) in fields {
            if name == "_errors" {
                found.push(path.to_owned());
            } else {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(inner, &path, found);
            }
        }
    }
    let mut found = Vec::new();
    walk(errors, "", &mut found);
    found.join(", ")
}

/// What a request carries.
enum Body {
    None,
    Json(Vec<u8>),
    /// A message's JSON with the files that it lists.
    Files(String, Vec<File>),
}

/// A body with its files, each listed in `attachments` by the number of its part (Discord docs, reference, "Uploading
/// Files").
fn with_files(body: &impl Serialize, files: Vec<File>) -> Result<Body, RestError> {
    let mut body = serde_json::to_value(body).map_err(|error| RestError::Unexpected(error.to_string()))?;
    let about = files.iter().enumerate().map(|(number, file)| {
        serde_json::json!({ "id": number, "filename": file.name, "description": file.description })
    });
    body["attachments"] = about.collect();
    Ok(Body::Files(body.to_string(), files))
}

fn form(body: &str, files: &[File]) -> Result<Form, RestError> {
    let mut form = Form::new().text("payload_json", body.to_owned());
    for (number, file) in files.iter().enumerate() {
        let length = file.bytes.len() as u64;
        let part = Part::stream_with_length(file.bytes.clone(), length).file_name(file.name.clone());
        let part = part.mime_str(file.media_type).map_err(unreached)?;
        form = form.part(format!("files[{number}]"), part);
    }
    Ok(form)
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, RestError> {
    serde_json::to_vec(body).map_err(|error| RestError::Unexpected(error.to_string()))
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, RestError> {
    serde_json::from_slice(body).map_err(|error| {
        RestError::Unexpected(format!(
            "line {} column {}: {:?}",
            error.line(),
            error.column(),
            error.classify()
        ))
    })
}

fn unreached(error: reqwest::Error) -> RestError {
    // Without the address: a webhook's holds its token.
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    RestError::Unreached(text)
}
