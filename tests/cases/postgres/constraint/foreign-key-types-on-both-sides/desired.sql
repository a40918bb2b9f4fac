CREATE TABLE p (id text PRIMARY KEY);
CREATE TABLE c (id integer NOT NULL, p_id text CONSTRAINT c_p REFERENCES p (id));
COMMENT ON TABLE p IS 'by name';
