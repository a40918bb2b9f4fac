CREATE TABLE t (id bigserial, a text DEFAULT 'a' NOT NULL);
