-- What is said about tickets and kept: notes, ratings, which tickets say the same, and incidents that many report.

-- The latest notes, for staff only; every note is an event as well.
ALTER TABLE tickets ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
-- What the requester added to the rating.
ALTER TABLE tickets ADD COLUMN rating_comment TEXT;
-- The number of the ticket that says the same; its solution is this one's as well.
ALTER TABLE tickets ADD COLUMN duplicate_of BIGINT;
ALTER TABLE tickets ADD COLUMN incident_id BIGINT;
CREATE INDEX tickets_duplicates ON tickets (guild_id, duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX tickets_incident ON tickets (incident_id, id) WHERE incident_id IS NOT NULL;

-- Something that many report: shown above the answers of /support until it is closed.
CREATE TABLE incidents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    opened_by BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_by BIGINT,
    closed_at BIGINT,
    solution TEXT,
    card_channel_id BIGINT,
    card_message_id BIGINT
);
CREATE INDEX incidents_open ON incidents (id) WHERE closed_at IS NULL;

-- Whoever says that it is their problem, too; each person counts once.
CREATE TABLE incident_people (
    incident_id BIGINT NOT NULL REFERENCES incidents (id),
    user_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (incident_id, user_id)
);

-- Tickets that look alike, shown to staff as one incident that may be opened.
CREATE TABLE incident_proposals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    tickets TEXT NOT NULL,
    at BIGINT NOT NULL,
    incident_id BIGINT,
    channel_id BIGINT,
    message_id BIGINT
);
CREATE INDEX incident_proposals_time ON incident_proposals (guild_id, at);
