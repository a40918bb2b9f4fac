CREATE TABLE t (id integer NOT NULL, code text PRIMARY KEY, CONSTRAINT t_id UNIQUE (id));
CREATE TABLE c (t integer CONSTRAINT c_t REFERENCES t (id));
