CREATE SEQUENCE numbers START 5;
CREATE TABLE t (id integer DEFAULT nextval('numbers'));
