//! From an HTTP request to a handler and back: reading, admitting, noting.
//!
//! Order as seen from outside: planned fault, route, user agent, token, body, rate limit, handler. A cut
//! connection is made by a body that fails before its first byte, upon which the server drops the
//! connection without an answer.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Multipart, State},
    http::{HeaderMap, HeaderName, HeaderValue, Request as HttpRequest, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{
    Reply, Request, Route,
    routes::{Found, RouteSpec, find},
};
use crate::sandbox::{
    Sandbox,
    faults::{CallWatch, Fault, Moment, Verdict},
    ratelimit::{Scope, Standing, TooSoon},
    refusal::{self, Refusal, bad_form},
    validate::UploadedFile,
    world::{Call, World},
};

/// The largest request body (Discord docs, reference: uploading files).
const LARGEST_BODY: usize = 25 * 1024 * 1024;

/// What is known of a call before it acts.
struct Incoming {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
}

/// Serves everything below `/api`.
pub(crate) async fn serve(State(sandbox): State<Sandbox>, request: HttpRequest<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let full_path = parts.uri.path().to_owned();
    let path = full_path.strip_prefix("/api/v10").map(str::to_owned);
    let incoming = Incoming {
        method: parts.method.as_str().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.clone(),
        path: path.clone().unwrap_or_else(|| full_path.clone()),
    };
    let found = path.as_deref().map_or(Found::Nothing, |path| find(&incoming.method, path));
    let (spec, params) = match found {
        Found::Route(spec, params) => (spec, params),
        Found::OtherMethod => return refuse(&sandbox, &incoming, refusal::wrong_method()),
        Found::Nothing if path.is_none() && full_path.starts_with("/api/v") => {
            return refuse(&sandbox, &incoming, refusal::bad_api_version());
        }
        Found::Nothing => return refuse(&sandbox, &incoming, refusal::unknown_route()),
    };
    let (fault, watch) = sandbox.change(|world| (world.faults.take(spec.route), world.faults.watch.clone()));
    let fault = match watched(watch.as_ref(), spec.route, Moment::Arrived) {
        Verdict::GoOn => fault,
        Verdict::Cut => Some(Fault::DropBefore),
        Verdict::Fault(fault) => Some(fault),
    };
    match &fault {
        Some(Fault::Delay(how_long)) => tokio::time::sleep(*how_long).await,
        Some(Fault::DropBefore) => {
            note_cut(&sandbox, &incoming, spec.pattern);
            return cut();
        }
        Some(Fault::Fail { status, code }) => {
            let planned = Refusal::new(*status, *code, "planned fault");
            return finish(&sandbox, &incoming, spec.pattern, Err(planned));
        }
        Some(Fault::RateLimited { retry_after, scope }) => {
            let retry_after_ms = u64::try_from(retry_after.as_millis()).unwrap_or(u64::MAX);
            let planned = TooSoon { retry_after_ms, scope: *scope, standing: None };
            return finish(&sandbox, &incoming, spec.pattern, Err(Refusal::too_soon(planned)));
        }
        Some(Fault::DropAfter) | None => {}
    }
    let read = match check_headers(&sandbox, spec.route, &incoming.headers) {
        Ok(()) => read_body(HttpRequest::from_parts(parts, body)).await,
        Err(refusal) => Err(refusal),
    };
    let response = match read {
        Err(refusal) => finish(&sandbox, &incoming, spec.pattern, Err(refusal)),
        Ok((body, files)) => {
            let query = read_query(&incoming.query);
            let request = Request { params, query, body, files };
            act(&sandbox, &incoming, spec, request)
        }
    };
    let verdict = watched(watch.as_ref(), spec.route, Moment::Done);
    if fault == Some(Fault::DropAfter) || verdict == Verdict::Cut { cut() } else { response }
}

fn watched(watch: Option<&CallWatch>, route: Route, moment: Moment) -> Verdict {
    watch.map_or(Verdict::GoOn, |CallWatch(look)| look(route, moment))
}

fn check_headers(sandbox: &Sandbox, route: Route, headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Discord docs, reference: user agent.
    if !text(header::USER_AGENT).starts_with("DiscordBot (") {
        return Err(refusal::blocked_user_agent());
    }
    if !route.needs_token() {
        return Ok(());
    }
    let token = text(header::AUTHORIZATION).strip_prefix("Bot ").unwrap_or_default();
    if sandbox.read(|world| world.app.token == token) { Ok(()) } else { Err(refusal::unauthorized()) }
}

async fn read_body(request: HttpRequest<Body>) -> Result<(Value, Vec<UploadedFile>), Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    if kind.starts_with("multipart/form-data") {
        return read_multipart(request).await;
    }
    let bytes = to_bytes(request.into_body(), LARGEST_BODY).await.map_err(|_| refusal::too_large())?;
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    if !kind.starts_with("application/json") {
        let message = "Expected \"Content-Type\" header to be one of {'application/json'}.";
        return Err(bad_form("", "CONTENT_TYPE_INVALID", message));
    }
    let body = serde_json::from_slice(&bytes).map_err(|_| refusal::bad_json())?;
    Ok((body, Vec::new()))
}

async fn read_multipart(request: HttpRequest<Body>) -> Result<(Value, Vec<UploadedFile>), Refusal> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| refusal::bad_json())?;
    let mut body = Value::Null;
    let mut files = Vec::new();
    let mut total = 0;
    while let Some(field) = parts.next_field().await.map_err(|_| refusal::bad_json())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes: Bytes = field.bytes().await.map_err(|_| refusal::too_large())?;
        total += bytes.len();
        if total > LARGEST_BODY {
            return Err(refusal::too_large());
        }
        if name == "payload_json" {
            body = serde_json::from_slice(&bytes).map_err(|_| refusal::bad_json())?;
            continue;
        }
        let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
        let number = number.and_then(|number| number.parse().ok()).unwrap_or(files.len() as u64);
        let name = file_name.unwrap_or_else(|| "unknown".to_owned());
        files.push(UploadedFile { number, name, content_type, bytes: bytes.to_vec() });
    }
    Ok((body, files))
}

fn read_query(query: &str) -> std::collections::HashMap<String, String> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Counts, acts and notes, all under one lock.
fn act(sandbox: &Sandbox, incoming: &Incoming, spec: &RouteSpec, request: Request) -> Response {
    sandbox.change(|world| {
        let now = world.now_ms();
        let major = major_number(spec.route, &request.params);
        let counted = world.buckets.count(spec.route, major, now);
        let (outcome, standing) = match counted {
            Err(how) => (Err(Refusal::too_soon(how)), None),
            Ok(standing) => ((spec.act)(world, &request), standing),
        };
        note(world, incoming, spec.pattern, request.body, request.files.len(), &outcome);
        respond(outcome, standing.as_ref())
    })
}

/// The number that a bucket is counted by, made of its top-level resource: a channel's, guild's or webhook's id, and with
/// a webhook that is called by its token, as each interaction's is, the token as well (Discord docs, topics/rate-limits).
fn major_number(route: Route, params: &[(&'static str, String)]) -> u64 {
    let length = if route.has_own_token() { 2 } else { 1 };
    let bytes = params.iter().take(length).flat_map(|(_, value)| value.bytes());
    bytes.fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)))
}

fn refuse(sandbox: &Sandbox, incoming: &Incoming, refusal: Refusal) -> Response {
    finish(sandbox, incoming, "", Err(refusal))
}

fn finish(
    sandbox: &Sandbox,
    incoming: &Incoming,
    pattern: &str,
    outcome: Result<Reply, Refusal>,
) -> Response {
    sandbox.change(|world| note(world, incoming, pattern, Value::Null, 0, &outcome));
    respond(outcome, None)
}

fn note(
    world: &mut World,
    incoming: &Incoming,
    pattern: &str,
    body: Value,
    files: usize,
    outcome: &Result<Reply, Refusal>,
) {
    let (status, code) = match outcome {
        Ok(reply) => (reply.status, None),
        Err(refusal) => (refusal.status, Some(refusal.code)),
    };
    let mut call = call_of(world, incoming, pattern);
    (call.body, call.files, call.status, call.code) = (body, files, status, code);
    world.journal.note(call);
}

fn note_cut(sandbox: &Sandbox, incoming: &Incoming, pattern: &str) {
    sandbox.change(|world| {
        let call = call_of(world, incoming, pattern);
        world.journal.note(call);
    });
}

fn call_of(world: &World, incoming: &Incoming, pattern: &str) -> Call {
    let reason = incoming.headers.get("x-audit-log-reason").and_then(|value| value.to_str().ok());
    Call {
        at_ms: world.now_ms(),
        method: incoming.method.clone(),
        route: pattern.to_owned(),
        path: incoming.path.clone(),
        body: Value::Null,
        files: 0,
        status: 0,
        code: None,
        reason: reason.map(str::to_owned),
    }
}

fn respond(outcome: Result<Reply, Refusal>, standing: Option<&Standing>) -> Response {
    let (status, body, too_soon) = match outcome {
        Ok(reply) => (reply.status, reply.body, None),
        Err(refusal) => (refusal.status, Some(refusal.body()), refusal.too_soon),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match body {
        Some(body) => ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response(),
        None => ().into_response(),
    };
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let standing = standing.or_else(|| too_soon.as_ref().and_then(|how| how.standing.as_ref()));
    if let Some(standing) = standing {
        put(headers, "x-ratelimit-bucket", &standing.bucket);
        put(headers, "x-ratelimit-limit", &standing.limit.to_string());
        put(headers, "x-ratelimit-remaining", &standing.remaining.to_string());
        put(headers, "x-ratelimit-reset", &seconds(standing.reset_ms));
        put(headers, "x-ratelimit-reset-after", &seconds(standing.reset_after_ms));
    }
    if let Some(how) = &too_soon {
        put(headers, "retry-after", &how.retry_after_ms.div_ceil(1000).to_string());
        put(headers, "x-ratelimit-scope", how.scope.code());
        if how.scope == Scope::Global {
            put(headers, "x-ratelimit-global", "true");
        }
    }
    response
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

fn seconds(ms: u64) -> String {
    format!("{:.3}", Duration::from_millis(ms).as_secs_f64())
}

/// An answer that never comes.
fn cut() -> Response {
    let broken =
        futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("planned fault")) });
    Response::new(Body::from_stream(broken))
}
