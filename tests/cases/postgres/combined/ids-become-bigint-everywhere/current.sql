CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY, a_id integer NOT NULL CONSTRAINT b_a REFERENCES a (id));
CREATE VIEW v AS SELECT b.id, a_id FROM b JOIN a ON a.id = b.a_id;
