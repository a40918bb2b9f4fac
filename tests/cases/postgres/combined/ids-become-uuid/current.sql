CREATE TABLE a (id text PRIMARY KEY);
CREATE TABLE b (id integer, a_id text CONSTRAINT b_a REFERENCES a (id));
CREATE INDEX b_a_idx ON b (a_id);
