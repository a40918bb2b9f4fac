-- +goose Up
CREATE TABLE log (n integer);

-- +goose Down
SELECT 1;
