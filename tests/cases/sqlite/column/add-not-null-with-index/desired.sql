CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, state varchar(10) NOT NULL DEFAULT 'new' COLLATE NOCASE);
CREATE INDEX users_state ON users (state);
