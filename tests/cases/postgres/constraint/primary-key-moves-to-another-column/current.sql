CREATE TABLE t (id integer PRIMARY KEY, code text NOT NULL);
CREATE TABLE c (t integer CONSTRAINT c_t REFERENCES t (id));
