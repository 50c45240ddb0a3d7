-- Practice that is left lying is brought to mind, and given up in the end: what runs now has its two days from its start.
INSERT INTO timers (guild_id, lane, what, due_at)
SELECT guild_id, 'practice:' || id, 'remind_of_practice', started_at + 172800000 FROM practice_attempts WHERE over_at IS NULL;
