CREATE DOMAIN d AS character varying(20);
CREATE TABLE t (a d);
CREATE INDEX i ON t (a);
