//! A call as handlers see it, and their answer.

use std::collections::HashMap;

use serde_json::Value;

use crate::sandbox::{
    refusal::{Refusal, bad_form},
    validate::UploadedFile,
};

/// An admitted call.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<UploadedFile>,
}

/// What a handler answers with.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Reply {
    /// 200 with a body.
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    /// 201 with a body.
    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    /// 204.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, body: None }
    }
}

impl Request {
    /// A part of the path as text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// A part of the path as an id.
    pub(crate) fn id(&self, name: &str) -> Result<u64, Refusal> {
        let text = self.text(name);
        snowflake(text, &format!("{name}_id"))
    }

    /// An id in the query.
    pub(crate) fn query_id(&self, name: &str) -> Result<Option<u64>, Refusal> {
        self.query.get(name).map(|text| snowflake(text, name)).transpose()
    }

    /// The `limit` of a listing, within bounds.
    pub(crate) fn limit(&self, usual: usize, bounds: (usize, usize)) -> Result<usize, Refusal> {
        let Some(text) = self.query.get("limit") else { return Ok(usual) };
        let (min, max) = bounds;
        match text.parse::<usize>() {
            Err(_) => Err(bad_form("limit", "NUMBER_TYPE_COERCE", format!("Value \"{text}\" is not int."))),
            Ok(limit) if limit < min => Err(bad_form(
                "limit",
                "NUMBER_TYPE_MIN",
                format!("int value should be greater than or equal to {min}."),
            )),
            Ok(limit) if limit > max => Err(bad_form(
                "limit",
                "NUMBER_TYPE_MAX",
                format!("int value should be less than or equal to {max}."),
            )),
            Ok(limit) => Ok(limit),
        }
    }

    /// Whether a switch in the query is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| ["true", "1", "True"].contains(&value.as_str()))
    }
}

fn snowflake(text: &str, field: &str) -> Result<u64, Refusal> {
    text.parse()
        .map_err(|_| bad_form(field, "NUMBER_TYPE_COERCE", format!("Value \"{text}\" is not snowflake.")))
}
