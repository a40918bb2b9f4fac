CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text CONSTRAINT ck CHECK (full_name <> ''), up text GENERATED ALWAYS AS (upper(full_name)) STORED);
CREATE INDEX i ON users (lower(full_name), full_name);
