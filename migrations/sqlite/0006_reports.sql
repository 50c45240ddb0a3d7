-- What kind of event it is, to count by it without reading its JSON.
ALTER TABLE ticket_events ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE ticket_events SET kind = json_extract(what, '$.kind');
DROP INDEX ticket_events_ticket;
CREATE INDEX ticket_events_ticket ON ticket_events (ticket_id, id, kind);

-- Reports read the tickets that were opened or solved in a period, and those that are open now.
CREATE INDEX tickets_opened ON tickets (guild_id, opened_at);
CREATE INDEX tickets_solved ON tickets (guild_id, resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX tickets_unsolved ON tickets (guild_id, since) WHERE resolved_at IS NULL AND status = 'closed';
CREATE INDEX tickets_waiting ON tickets (guild_id, opened_at) WHERE status <> 'resolved' AND status <> 'closed';
-- Whether somebody who had asked the knowledge base opened a ticket soon after.
CREATE INDEX tickets_asked_again ON tickets (guild_id, requester_id, opened_at);

-- Where a server wants its weekly report.
CREATE TABLE digests (
    guild_id BIGINT NOT NULL PRIMARY KEY REFERENCES desks (guild_id),
    channel_id BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
