CREATE TABLE users (id integer PRIMARY KEY, name text, email text);
CREATE INDEX users_email ON users (email);
