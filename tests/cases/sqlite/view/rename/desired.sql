CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIEW w AS SELECT name FROM users;
