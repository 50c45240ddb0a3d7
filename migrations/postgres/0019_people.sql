-- Somebody who wants to have their data taken away is found wherever they stand, without reading what everybody did.

-- The person whom an event is about, besides whoever did it.
ALTER TABLE ticket_events ADD COLUMN about_id BIGINT;
UPDATE ticket_events
    SET about_id = CAST(COALESCE(what::json ->> 'agent', what::json ->> 'specialist',
        what::json ->> 'user', what::json ->> 'from') AS BIGINT)
    WHERE kind IN ('assigned', 'called', 'found_idle', 'member_added', 'member_removed', 'specialist_idle', 'taken_back');
CREATE INDEX ticket_events_about ON ticket_events (about_id) WHERE about_id IS NOT NULL;

CREATE INDEX tickets_agent ON tickets (guild_id, agent_id) WHERE agent_id IS NOT NULL;
CREATE INDEX tickets_specialist ON tickets (guild_id, specialist_id) WHERE specialist_id IS NOT NULL;
CREATE INDEX tickets_closed_by ON tickets (guild_id, closed_by) WHERE closed_by IS NOT NULL;
CREATE INDEX feedback_by ON feedback (guild_id, by_id);
CREATE INDEX feedback_forgotten_by ON feedback (guild_id, forgotten_by) WHERE forgotten_by IS NOT NULL;
