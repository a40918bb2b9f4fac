CREATE TABLE t (id integer, a text COLLATE "C" NOT NULL);
