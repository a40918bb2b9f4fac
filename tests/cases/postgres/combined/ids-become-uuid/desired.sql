CREATE TABLE a (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
CREATE TABLE b (id integer, a_id uuid CONSTRAINT b_a REFERENCES a (id) ON DELETE CASCADE);
CREATE INDEX b_a_idx ON b (a_id);
