CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY, a_id bigint NOT NULL CONSTRAINT b_a REFERENCES a (id), note text);
CREATE VIEW v AS SELECT b.id, a_id, note FROM b JOIN a ON a.id = b.a_id;
