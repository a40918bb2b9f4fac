

-- +goose Up


CREATE TABLE c (id integer)
;
