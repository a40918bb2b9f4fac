-- +goose Up
INSERT INTO log SELECT 100 + count(*) * 100 FROM log;

-- +goose Down
SELECT 1;
