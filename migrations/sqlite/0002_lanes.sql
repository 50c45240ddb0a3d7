-- Follow-ups and timers may be about something else than a ticket. A lane says what they are about (`ticket:12`); what is
-- in one lane runs in order. SQLite cannot drop NOT NULL from a column, so both tables are made anew.
CREATE TABLE outbox_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL,
    lane TEXT NOT NULL,
    ticket_id BIGINT REFERENCES tickets (id),
    job TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    leased_until BIGINT NOT NULL DEFAULT 0,
    dead BOOLEAN NOT NULL DEFAULT FALSE,
    last_error TEXT
);
INSERT INTO outbox_new (id, guild_id, lane, ticket_id, job, queued_at, due_at, attempts, leased_until, dead, last_error)
SELECT o.id, t.guild_id, 'ticket:' || t.id, t.id, o.job, o.queued_at, o.due_at, o.attempts, o.leased_until, o.dead,
    o.last_error
FROM outbox AS o JOIN tickets AS t ON t.id = o.ticket_id;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE dead = FALSE;
CREATE INDEX outbox_due ON outbox (due_at) WHERE dead = FALSE;
CREATE INDEX outbox_dead ON outbox (guild_id, id) WHERE dead = TRUE;

CREATE TABLE timers_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL,
    lane TEXT NOT NULL,
    what TEXT NOT NULL,
    due_at BIGINT NOT NULL
);
INSERT INTO timers_new (id, guild_id, lane, what, due_at)
SELECT i.id, t.guild_id, 'ticket:' || t.id, i.what, i.due_at FROM timers AS i JOIN tickets AS t ON t.id = i.ticket_id;
DROP TABLE timers;
ALTER TABLE timers_new RENAME TO timers;
CREATE INDEX timers_due ON timers (due_at);
CREATE UNIQUE INDEX timers_one ON timers (lane, what);
