CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIEW v AS SELECT id, name FROM users;
