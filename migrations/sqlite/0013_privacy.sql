-- How long texts are kept.

-- When a ticket's texts were emptied; what it counts for stays.
ALTER TABLE tickets ADD COLUMN emptied_at BIGINT;
CREATE INDEX tickets_to_empty ON tickets (guild_id, since) WHERE status = 'closed' AND emptied_at IS NULL;

-- Days after the end of a ticket; the empty category stands for every one without a row of its own.
CREATE TABLE retentions (
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    category TEXT NOT NULL,
    days BIGINT NOT NULL,
    PRIMARY KEY (guild_id, category)
);
