-- +goose Up
-- +goose NO TRANSACTION
VACUUM;
