CREATE TABLE t (id integer, a text COLLATE "C" DEFAULT 'x', b character varying(5) COLLATE "POSIX");
