-- When each process that serves this database last let the others know that it is there, by the database's clock.
CREATE TABLE processes (
    process BIGINT NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
