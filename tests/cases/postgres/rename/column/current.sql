CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text CONSTRAINT ck CHECK (name <> ''), up text GENERATED ALWAYS AS (upper(name)) STORED);
CREATE INDEX i ON users (lower(name), name);
