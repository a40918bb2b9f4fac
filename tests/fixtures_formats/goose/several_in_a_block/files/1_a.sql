-- +goose Up
-- +goose StatementBegin
CREATE TABLE a (id integer);
CREATE TABLE b (id integer);
INSERT INTO b VALUES (1);
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SELECT 'down SQL query';
-- +goose StatementEnd
