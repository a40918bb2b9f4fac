-- +goose Up
CREATE TABLE a (id integer); CREATE TABLE b (id integer);
INSERT INTO a VALUES (1); INSERT INTO b VALUES (2); -- both
