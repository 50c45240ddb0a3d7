-- The desk: one row a server, as /desk setup saved it. Times are UTC milliseconds, ids are Discord's.
CREATE TABLE desks (
    guild_id BIGINT NOT NULL PRIMARY KEY,
    support_channel_id BIGINT NOT NULL,
    queue_channel_id BIGINT NOT NULL,
    first_level_role_id BIGINT NOT NULL,
    second_level_role_id BIGINT NOT NULL,
    language TEXT NOT NULL,
    -- The number that the next ticket gets. Taken and counted on in the transaction that inserts the ticket.
    next_number BIGINT NOT NULL DEFAULT 1,
    updated_at BIGINT NOT NULL
);

-- Second level. The row without a name is the one that set-up makes.
CREATE TABLE specialisms (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    name TEXT,
    role_id BIGINT NOT NULL,
    channel_id BIGINT,
    retired BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX specialisms_default ON specialisms (guild_id) WHERE name IS NULL;
CREATE UNIQUE INDEX specialisms_name ON specialisms (guild_id, name);

-- Every question asked with /support, with what was offered and what came of it.
CREATE TABLE questions (
    id BIGINT NOT NULL PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    asker_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    category TEXT,
    attachment TEXT,
    offered TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- The article that solved it, once its asker said so.
    solved_by TEXT,
    solved_at BIGINT
);
CREATE INDEX questions_guild_time ON questions (guild_id, asked_at);

CREATE TABLE tickets (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    number BIGINT NOT NULL,
    -- What it was opened from (a question, a message, a form). A second press of the same button finds it.
    origin TEXT NOT NULL,
    requester_id BIGINT NOT NULL,
    requester_name TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT,
    question TEXT,
    offered TEXT NOT NULL,
    attachment TEXT,
    category TEXT,
    priority TEXT NOT NULL,
    status TEXT NOT NULL,
    since BIGINT NOT NULL,
    -- First level: has it, had it, or escalated it.
    agent_id BIGINT,
    -- Second level: the open or accepted escalation, and who accepted.
    specialist_id BIGINT,
    escalation_id BIGINT,
    specialism_id BIGINT,
    solution TEXT,
    closed_by BIGINT,
    close_reason TEXT,
    opened_at BIGINT NOT NULL,
    first_response_at BIGINT,
    resolved_at BIGINT,
    due_at BIGINT,
    bounces BIGINT NOT NULL DEFAULT 0,
    reopened BIGINT NOT NULL DEFAULT 0,
    rating BIGINT,
    thread_id BIGINT,
    thread_card_id BIGINT,
    queue_card_id BIGINT,
    queue_channel_id BIGINT,
    -- Counts the changes; touching it first locks the row for the rest of the transaction on both databases.
    version BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX tickets_number ON tickets (guild_id, number);
CREATE UNIQUE INDEX tickets_origin ON tickets (guild_id, origin);
CREATE UNIQUE INDEX tickets_thread ON tickets (thread_id);
CREATE INDEX tickets_queue ON tickets (guild_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX tickets_requester ON tickets (guild_id, requester_id, id);

CREATE TABLE ticket_events (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    at BIGINT NOT NULL,
    by_id BIGINT,
    what TEXT NOT NULL
);
CREATE INDEX ticket_events_ticket ON ticket_events (ticket_id, id);

CREATE TABLE escalations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    specialism_id BIGINT NOT NULL REFERENCES specialisms (id),
    by_id BIGINT NOT NULL,
    tried TEXT,
    expected TEXT,
    at BIGINT NOT NULL,
    packet_channel_id BIGINT,
    packet_message_id BIGINT
);
CREATE INDEX escalations_ticket ON escalations (ticket_id);

-- What must follow on Discord. A row goes when its effect is done; a dead one stays and says why.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    job TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    leased_until BIGINT NOT NULL DEFAULT 0,
    dead BOOLEAN NOT NULL DEFAULT FALSE,
    last_error TEXT
);
CREATE INDEX outbox_lane ON outbox (ticket_id, id) WHERE dead = FALSE;
CREATE INDEX outbox_due ON outbox (due_at) WHERE dead = FALSE;

-- What must happen at a time, whoever is running then.
CREATE TABLE timers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    what TEXT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX timers_due ON timers (due_at);
CREATE UNIQUE INDEX timers_one ON timers (ticket_id, what);

-- The commands as last registered, so that a start without changes registers nothing.
CREATE TABLE command_registrations (
    application_id BIGINT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    registered_at BIGINT NOT NULL
);
