-- Articles written on a desk. Times are UTC milliseconds, ids are Discord's.
CREATE TABLE articles (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    -- The stable name: of its own, or of the file's article in whose place it stands.
    name TEXT NOT NULL,
    -- What it was written from (a ticket, a message, a form, a file). Saving from the same again finds it.
    origin TEXT NOT NULL,
    ticket_id BIGINT REFERENCES tickets (id),
    -- What became of the newest version, through whom and when.
    state TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    since BIGINT NOT NULL,
    reason TEXT,
    -- The numbers of the newest version and of the one that people are answered from.
    version BIGINT NOT NULL,
    live BIGINT,
    card_channel_id BIGINT,
    card_message_id BIGINT,
    -- Counts the changes; touching it first locks the row for the rest of the transaction on both databases.
    changes BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX articles_name ON articles (guild_id, name);
CREATE UNIQUE INDEX articles_origin ON articles (guild_id, origin);
CREATE INDEX articles_waiting ON articles (guild_id, since) WHERE state = 'in_review';
CREATE INDEX articles_live ON articles (guild_id, id) WHERE live IS NOT NULL;

-- Every saved state of an article, whole. Never changed.
CREATE TABLE article_versions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    article_id BIGINT NOT NULL REFERENCES articles (id),
    number BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    content TEXT NOT NULL
);
CREATE UNIQUE INDEX article_versions_number ON article_versions (article_id, number);

-- Counts the changes of what a server adds to the articles of all, so that every process learns of them.
CREATE TABLE shelf_revisions (
    guild_id BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX shelf_revisions_changed ON shelf_revisions (changed_at);

-- The number in the name of the next article that is written on the desk.
ALTER TABLE desks ADD COLUMN next_article BIGINT NOT NULL DEFAULT 1;
