CREATE SEQUENCE shared AS integer;
CREATE TABLE a (id integer DEFAULT nextval('shared') NOT NULL);
CREATE TABLE b (id integer DEFAULT nextval('shared') PRIMARY KEY);
