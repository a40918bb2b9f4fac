-- +goose ENVSUB OFF
-- +goose Up
CREATE TABLE b (t text DEFAULT '${HOME}');
