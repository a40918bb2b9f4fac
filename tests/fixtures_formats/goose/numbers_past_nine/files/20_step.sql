-- +goose Up
INSERT INTO log SELECT 20 + count(*) * 100 FROM log;

-- +goose Down
SELECT 1;
