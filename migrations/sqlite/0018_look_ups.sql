-- What one person asked, did and handed over is found without a look at everybody's.
CREATE INDEX questions_asker ON questions (guild_id, asker_id, asked_at);
CREATE INDEX ticket_events_by ON ticket_events (by_id, id);
CREATE INDEX escalations_by ON escalations (by_id, id);
-- A specialism is changed without a look at every hand-over there was.
CREATE INDEX escalations_specialism ON escalations (specialism_id);
