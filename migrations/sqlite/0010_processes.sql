-- Several processes may serve one PostgreSQL. SQLite has one process, but the tables are the same in both.

-- Which process has a job, so that another may take it as soon as that one is gone.
ALTER TABLE outbox ADD COLUMN leased_by BIGINT;
CREATE INDEX outbox_leased ON outbox (leased_by) WHERE leased_until > 0;

-- Which process listens to which of Discord's shards. Times are the database's own.
CREATE TABLE shard_leases (
    total BIGINT NOT NULL,
    shard BIGINT NOT NULL,
    holder BIGINT,
    -- Who is about to take over from a holder that is leaving.
    successor BIGINT,
    leaving BOOLEAN NOT NULL DEFAULT FALSE,
    -- Counts the changes of hands: whoever holds an older number has lost it.
    fence BIGINT NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (total, shard)
);

-- Interactions that some process acts on. Discord may tell two processes of one, and one process twice.
CREATE TABLE taken_interactions (
    id BIGINT NOT NULL PRIMARY KEY,
    taken_at BIGINT NOT NULL
);
CREATE INDEX taken_interactions_time ON taken_interactions (taken_at);
