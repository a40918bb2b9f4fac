CREATE TABLE t (id bigserial NOT NULL, a text);
