CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIEW v AS SELECT name FROM users WHERE id > 0;
