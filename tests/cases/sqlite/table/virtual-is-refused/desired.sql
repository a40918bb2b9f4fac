CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIRTUAL TABLE found USING fts5 (body);
