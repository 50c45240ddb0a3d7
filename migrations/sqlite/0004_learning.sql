-- What people taught about articles: that one answered their question, or did not. The same thing again (`source` says
-- what it follows from, `question:5`) changes nothing.
CREATE TABLE feedback (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL,
    source TEXT NOT NULL,
    article_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- Whoever of staff took it back. It teaches nothing any more.
    forgotten_by BIGINT,
    forgotten_at BIGINT
);
CREATE UNIQUE INDEX feedback_once ON feedback (guild_id, source, article_id, kind);
CREATE INDEX feedback_newest ON feedback (guild_id, at) WHERE forgotten_at IS NULL;
CREATE INDEX feedback_article ON feedback (guild_id, article_id, at) WHERE forgotten_at IS NULL;

-- The article whose passage was the answer; not known of questions from before.
ALTER TABLE questions ADD COLUMN shown TEXT;
CREATE INDEX questions_unsolved ON questions (guild_id, asked_at) WHERE solved_at IS NULL;
CREATE INDEX questions_shown ON questions (guild_id, asked_at, shown, solved_by);

-- Which owner was told that an article has to be looked at again, and for which date.
CREATE TABLE review_reminders (
    guild_id BIGINT NOT NULL,
    article_id TEXT NOT NULL,
    review_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, article_id, review_by)
);
-- Each desk makes a round once a day, the first time at once.
INSERT INTO timers (guild_id, lane, what, due_at) SELECT guild_id, 'desk:' || guild_id, 'daily', 0 FROM desks;
