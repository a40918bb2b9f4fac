CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIEW names AS SELECT name FROM users;
CREATE TABLE other (a int);
