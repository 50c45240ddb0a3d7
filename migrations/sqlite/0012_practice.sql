-- Practice tickets. They are kept apart from tickets, so that nothing counts them, queues them or calls anybody for them.

CREATE TABLE practice_attempts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES desks (guild_id),
    user_id BIGINT NOT NULL,
    -- The scenario's name, and the whole of it as it was at the start.
    scenario TEXT NOT NULL,
    script TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    thread_id BIGINT,
    card_id BIGINT,
    shown_at BIGINT,
    first_action_at BIGINT,
    article TEXT,
    category TEXT,
    specialism TEXT,
    stage TEXT NOT NULL,
    over_at BIGINT,
    -- Whether it was finished, and not given up.
    scored BOOLEAN NOT NULL DEFAULT FALSE
);
-- One at a time for each person.
CREATE UNIQUE INDEX practice_running ON practice_attempts (guild_id, user_id) WHERE over_at IS NULL;
CREATE INDEX practice_over ON practice_attempts (guild_id, user_id, over_at);
