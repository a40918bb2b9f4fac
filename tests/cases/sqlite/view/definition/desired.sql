CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIEW v AS SELECT name, id FROM users;
CREATE VIEW w AS SELECT count(*) AS n FROM v;
