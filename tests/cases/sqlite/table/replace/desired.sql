CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE c (y int);
CREATE UNIQUE INDEX taken ON c (y);
