CREATE TABLE t (id integer PRIMARY KEY WITH (fillfactor = 70));
COMMENT ON CONSTRAINT t_pkey ON t IS 'the key';
