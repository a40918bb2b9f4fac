CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, CONSTRAINT named CHECK (name <> ''));
CREATE INDEX by_name ON users (name);
