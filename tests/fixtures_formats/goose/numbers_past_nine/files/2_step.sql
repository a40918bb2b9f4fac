-- +goose Up
INSERT INTO log SELECT 2 + count(*) * 100 FROM log;

-- +goose Down
SELECT 1;
