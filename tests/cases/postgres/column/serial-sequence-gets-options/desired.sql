CREATE TABLE t (id integer NOT NULL, a text);
CREATE SEQUENCE t_id_seq AS integer INCREMENT 10 OWNED BY t.id;
ALTER TABLE t ALTER COLUMN id SET DEFAULT nextval('t_id_seq');
