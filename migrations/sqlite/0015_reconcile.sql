-- What has to be on Discord is compared with what is there every few minutes: the tickets that are not closed.
CREATE INDEX tickets_alive ON tickets (guild_id, id) WHERE status <> 'closed';
