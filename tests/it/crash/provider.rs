//! The system of an outside provider, which is called by the program under test.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::post;

/// A provider's system on this machine, as long as the test's runtime.
pub(crate) struct Provider {
    /// Where it listens.
    pub(crate) address: String,
    /// The names of the deliveries that came: a provider takes a name that it knows for the same one again.
    deliveries: Arc<Mutex<BTreeSet<String>>>,
}

impl Provider {
    pub(crate) async fn listen() -> Self {
        let deliveries = Arc::new(Mutex::new(BTreeSet::new()));
        let kept = deliveries.clone();
        let takes = move |headers: HeaderMap| {
            let name = headers["x-frontdesk-delivery"].to_str().unwrap().to_owned();
            assert!(headers.contains_key("x-frontdesk-signature"), "{headers:?}");
            kept.lock().unwrap().insert(name);
            std::future::ready(())
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let router = Router::new().route("/hook", post(takes));
            axum::serve(listener, router).await
        });
        Self { address, deliveries }
    }

    /// How many different deliveries came.
    pub(crate) fn deliveries(&self) -> usize {
        self.deliveries.lock().unwrap().len()
    }
}
