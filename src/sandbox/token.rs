//! Tokens that look like Discord's: the bot's, an interaction's, a session's.
//!
//! They guard nothing but a stand-in on loopback, and are random all the same, so that guessing one in a
//! test cannot succeed by accident.

use rand::RngExt;

const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn random_text(length: usize, alphabet: &[u8]) -> String {
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(alphabet[rng.random_range(0..alphabet.len())])).collect()
}

/// Three parts with dots between, the first being the bot's id in base 64.
pub(crate) fn bot_token(bot: u64) -> String {
    format!(
        "{}.{}.{}",
        base64(bot.to_string().as_bytes()),
        random_text(6, URL_SAFE),
        random_text(38, URL_SAFE)
    )
}

/// The token an interaction is answered with. Discord's are base 64 of `interaction:` and more, so that all begin alike.
pub(crate) fn interaction_token() -> String {
    format!("{}{}", base64(b"interaction:"), random_text(104, &URL_SAFE[..62]))
}

/// A gateway session's id.
pub(crate) fn session_id() -> String {
    random_text(32, b"0123456789abcdef")
}

/// Base 64 without padding.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let joined = chunk.iter().fold(0_usize, |joined, byte| joined << 8 | usize::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(URL_SAFE[joined >> (18 - 6 * place) & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_of_a_token_is_the_id_in_base_64() {
        assert_eq!(base64(b"123456789"), "MTIzNDU2Nzg5");
        assert_eq!(base64(b"12"), "MTI");
        assert!(interaction_token().starts_with("aW50ZXJhY3Rpb246"));
        assert_eq!(bot_token(123_456_789).split('.').count(), 3);
    }
}
