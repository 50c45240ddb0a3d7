-- Opening hours and what is promised, as the desk's own texts; a server without a row has all time and the defaults.
CREATE TABLE desk_terms (
    guild_id BIGINT NOT NULL PRIMARY KEY REFERENCES desks (guild_id),
    calendar TEXT,
    sla TEXT
);

-- When the clock of a ticket stood, who owes an answer, and what was said already.
ALTER TABLE tickets ADD COLUMN watch TEXT NOT NULL DEFAULT '{}';
-- The clock of what is solved stands since then, so that reopening it restores its deadline.
UPDATE tickets SET watch = '{"stopped_since":' || COALESCE(resolved_at, since) || '}' WHERE status IN ('resolved', 'closed');

-- The tickets of before get their timers at the first start.
INSERT INTO timers (guild_id, lane, what, due_at) SELECT guild_id, 'desk:' || guild_id, 'recompute', 0 FROM desks;
