CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, shout text AS (upper(name)) STORED);
