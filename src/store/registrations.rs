//! Table `command_registrations`.

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::time::Timestamp;

const FIND: &str = "SELECT fingerprint FROM command_registrations WHERE application_id = $1";

const SAVE: &str = "INSERT INTO command_registrations (application_id, fingerprint, registered_at) \
    VALUES ($1, $2, $3) ON CONFLICT (application_id) DO UPDATE SET fingerprint = $2, registered_at = $3";

impl Store {
    /// The fingerprint of the commands that an application last registered.
    pub async fn registered_commands(&self, application: i64) -> Result<Option<String>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_scalar(FIND).bind(application).fetch_optional(pool).await
        })?)
    }
}

impl Tx {
    /// Remembers what an application has registered.
    pub async fn commands_registered(
        &mut self,
        application: i64,
        fingerprint: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE).bind(application).bind(fingerprint).bind(now.0).execute(connection).await?;
        });
        Ok(())
    }
}
