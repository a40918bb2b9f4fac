-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY by_id ON a (id);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY by_id;
