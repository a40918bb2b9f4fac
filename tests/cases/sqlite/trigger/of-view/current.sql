CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE log (what text);
CREATE VIEW v AS SELECT name FROM users;
