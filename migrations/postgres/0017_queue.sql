-- The queue shows what waits for its requester as well, and is read by `tickets_waiting`.
DROP INDEX tickets_queue;
