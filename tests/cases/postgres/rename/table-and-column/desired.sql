CREATE TABLE accounts (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, CONSTRAINT named CHECK (title <> ''), email text);
CREATE INDEX by_name ON accounts (title);
