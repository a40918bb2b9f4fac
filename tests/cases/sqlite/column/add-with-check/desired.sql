CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, age int CONSTRAINT adult CHECK (age >= 18 AND name <> ''));
