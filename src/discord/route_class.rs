//! Calls of Discord's API as they are counted: by what they do, without the ids and tokens that their addresses hold.

use serenity::http::{LightMethod, Route};
use tokio::time::Instant;

use super::rest::RestError;
use crate::meter;

/// A call under way.
pub(super) struct Measured {
    route: String,
    began: Instant,
}

impl Measured {
    /// It is sent now.
    pub(super) fn begin(method: LightMethod, route: Route<'_>) -> Self {
        Self { route: class(method, &route.path()), began: Instant::now() }
    }

    /// It came to this.
    pub(super) fn end<T>(self, outcome: Result<T, RestError>) -> Result<T, RestError> {
        let label = match &outcome {
            Ok(_) => "ok",
            Err(RestError::Refused { .. }) => "refused",
            Err(RestError::RateLimited { .. }) => "rate_limited",
            Err(RestError::Failed { .. }) => "failed",
            Err(RestError::Unreached(_)) => "unreached",
            Err(RestError::Unexpected(_)) => "unexpected",
        };
        meter::discord_call(self.route, label, self.began.elapsed());
        outcome
    }
}

/// `POST channels/:id/messages`: every number is an id, and what follows an interaction's or webhook's is its token.
fn class(method: LightMethod, path: &str) -> String {
    let method = match method {
        LightMethod::Delete => "DELETE",
        LightMethod::Get => "GET",
        LightMethod::Patch => "PATCH",
        LightMethod::Post => "POST",
        LightMethod::Put => "PUT",
    };
    let path = path.split_once("/api/v10/").map_or(path, |(_, path)| path);
    let mut class = format!("{method} ");
    let (mut before_last, mut last) = ("", "");
    for (place, part) in path.trim_matches('/').split('/').enumerate() {
        if place > 0 {
            class.push('/');
        }
        let is_token = matches!(before_last, "interactions" | "webhooks");
        let is_id = part.bytes().all(|byte| byte.is_ascii_digit());
        class.push_str(if is_token {
            ":token"
        } else if is_id {
            ":id"
        } else {
            part
        });
        (before_last, last) = (last, part);
    }
    class
}

#[cfg(test)]
mod tests {
    use serenity::model::id::{ApplicationId, ChannelId, InteractionId, MessageId};

    use super::*;

    #[test]
    fn a_class_has_neither_ids_nor_tokens() {
        let secret = "aW50ZXJhY3Rpb246MTIz";
        let cases = [
            (Route::ChannelMessages { channel_id: ChannelId::new(7) }, "POST channels/:id/messages"),
            (
                Route::ChannelMessage { channel_id: ChannelId::new(7), message_id: MessageId::new(8) },
                "POST channels/:id/messages/:id",
            ),
            (
                Route::InteractionResponse { interaction_id: InteractionId::new(9), token: secret },
                "POST interactions/:id/:token/callback",
            ),
            (
                Route::WebhookOriginalInteractionResponse {
                    application_id: ApplicationId::new(1),
                    token: secret,
                },
                "POST webhooks/:id/:token/messages/@original",
            ),
            (Route::GatewayBot, "POST gateway/bot"),
        ];
        for (route, expected) in cases {
            assert_eq!(class(LightMethod::Post, &route.path()), expected);
        }
    }
}
