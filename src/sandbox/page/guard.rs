//! Who may ask the page's routes, and what a browser is told about their answers.
//!
//! The sandbox listens on loopback, but any web site open in the same browser can send requests there,
//! and can point a name of its own at 127.0.0.1. So the `Host` has to be a loopback name, and an
//! `Origin`, when there is one, has to be that very host. Anything else is refused with 403. Programs on
//! this machine that send no `Origin` are let through: they could drive the sandbox anyway.

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Scripts, styles, pictures and sockets from here alone, and no framing by others.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// The layer around all routes of the page.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match fault(request.headers()) {
        Some(sentence) => (StatusCode::FORBIDDEN, sentence).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Why a request with these headers is refused.
fn fault(headers: &HeaderMap) -> Option<&'static str> {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return Some("The request names no host.\n");
    };
    if !is_loopback(host) {
        return Some("This page answers under localhost or 127.0.0.1 only.\n");
    }
    let origin = headers.get(ORIGIN)?;
    let same = origin.to_str().is_ok_and(|origin| origin.strip_prefix("http://") == Some(host));
    (!same).then_some("Requests from other sites are refused.\n")
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) if !host.ends_with(']') => return false,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn loopback_names_are_let_in() {
        for host in ["127.0.0.1:8080", "127.0.0.1", "localhost:1", "localhost", "[::1]:8080", "[::1]"] {
            assert_eq!(fault(&headers(host, None)), None, "{host}");
            assert_eq!(fault(&headers(host, Some(&format!("http://{host}")))), None, "{host}");
        }
    }

    #[test]
    fn other_names_are_refused() {
        let names = [
            "example.com",
            "127.0.0.1.example.com:80",
            "localhost:",
            "localhost:x",
            "127.0.0.1:80:80",
            "",
            "10.0.0.1",
        ];
        for host in names {
            assert!(fault(&headers(host, None)).is_some(), "{host}");
        }
        assert!(fault(&HeaderMap::new()).is_some());
    }

    #[test]
    fn other_sites_are_refused() {
        for origin in ["http://example.com", "https://127.0.0.1:80", "http://127.0.0.1:81", "null"] {
            assert!(fault(&headers("127.0.0.1:80", Some(origin))).is_some(), "{origin}");
        }
    }
}
