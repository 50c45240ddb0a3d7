-- Follow-ups and timers may be about something else than a ticket. A lane says what they are about (`ticket:12`); what is
-- in one lane runs in order.
ALTER TABLE outbox ADD COLUMN guild_id BIGINT;
ALTER TABLE outbox ADD COLUMN lane TEXT;
UPDATE outbox SET lane = 'ticket:' || ticket_id, guild_id = t.guild_id FROM tickets AS t WHERE t.id = outbox.ticket_id;
ALTER TABLE outbox ALTER COLUMN guild_id SET NOT NULL;
ALTER TABLE outbox ALTER COLUMN lane SET NOT NULL;
ALTER TABLE outbox ALTER COLUMN ticket_id DROP NOT NULL;
DROP INDEX outbox_lane;
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE dead = FALSE;
CREATE INDEX outbox_dead ON outbox (guild_id, id) WHERE dead = TRUE;

ALTER TABLE timers ADD COLUMN guild_id BIGINT;
ALTER TABLE timers ADD COLUMN lane TEXT;
UPDATE timers SET lane = 'ticket:' || ticket_id, guild_id = t.guild_id FROM tickets AS t WHERE t.id = timers.ticket_id;
ALTER TABLE timers ALTER COLUMN guild_id SET NOT NULL;
ALTER TABLE timers ALTER COLUMN lane SET NOT NULL;
ALTER TABLE timers DROP COLUMN ticket_id;
CREATE UNIQUE INDEX timers_one ON timers (lane, what);
