-- Who gets a ticket, and who is called. What a ticket is about: `name` is also what tickets carry.
CREATE TABLE categories (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    name TEXT NOT NULL,
    german TEXT,
    -- Words and phrases that put a new ticket here, a JSON list.
    keywords TEXT NOT NULL DEFAULT '[]',
    -- What a new ticket of this category starts with.
    priority TEXT,
    retired BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX categories_name ON categories (guild_id, name);

-- Members of this role have their tickets one level up. Who set the desk up is the last step of every ladder.
ALTER TABLE desks ADD COLUMN vip_role_id BIGINT;
ALTER TABLE desks ADD COLUMN set_up_by BIGINT;

ALTER TABLE specialisms ADD COLUMN german TEXT;
-- When to escalate here, in a sentence.
ALTER TABLE specialisms ADD COLUMN note TEXT;
-- The categories it serves, a JSON list of their ids.
ALTER TABLE specialisms ADD COLUMN serves TEXT NOT NULL DEFAULT '[]';
-- The ladder: whom to call when nobody accepts, and after how many minutes for P1 to P4, a JSON list.
ALTER TABLE specialisms ADD COLUMN lead_id BIGINT;
ALTER TABLE specialisms ADD COLUMN next_role_id BIGINT;
ALTER TABLE specialisms ADD COLUMN timeouts TEXT;
-- An outside provider, with the minutes within which it has promised to react.
ALTER TABLE specialisms ADD COLUMN provider BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE specialisms ADD COLUMN reaction_minutes BIGINT;
ALTER TABLE specialisms ADD COLUMN webhook_url TEXT;
ALTER TABLE specialisms ADD COLUMN webhook_secret TEXT;

-- Who is on duty, with what they were to the desk when they said so.
CREATE TABLE duties (
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    user_id BIGINT NOT NULL,
    first_level BOOLEAN NOT NULL,
    -- A JSON list of ids.
    specialisms TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (guild_id, user_id)
);

ALTER TABLE tickets ADD COLUMN impact TEXT;
ALTER TABLE tickets ADD COLUMN urgency TEXT;
-- Whose word counts: `desk` (a rule), `requester` or `staff`.
ALTER TABLE tickets ADD COLUMN priority_by TEXT NOT NULL DEFAULT 'desk';
ALTER TABLE tickets ADD COLUMN category_by TEXT NOT NULL DEFAULT 'desk';
ALTER TABLE tickets ADD COLUMN vip BOOLEAN NOT NULL DEFAULT FALSE;
-- How many steps of the ladder were taken for the open escalation, and when the next one is.
ALTER TABLE tickets ADD COLUMN ladder_steps BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN ladder_next_at BIGINT;

-- A ticket's place in the queue, the usual time to a first response, and who has solved tickets of a category.
CREATE INDEX tickets_unclaimed ON tickets (guild_id, due_at, id) WHERE status = 'queued';
CREATE INDEX tickets_first_response ON tickets (guild_id, opened_at) WHERE first_response_at IS NOT NULL;
CREATE INDEX tickets_solved_by ON tickets (guild_id, category, resolved_at) WHERE specialist_id IS NOT NULL;
