-- +goose Up
ALTER TABLE users ADD COLUMN mail varchar(50);

-- +goose Down
ALTER TABLE users DROP COLUMN mail;
