-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY by_id ON a (id);
CREATE INDEX CONCURRENTLY by_id_too ON a (id);

-- +goose Down
DROP INDEX CONCURRENTLY by_id;
