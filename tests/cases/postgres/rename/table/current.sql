CREATE TABLE users (id serial PRIMARY KEY, email text CONSTRAINT users_email UNIQUE);
CREATE TABLE c (u integer CONSTRAINT c_u REFERENCES users (id));
CREATE VIEW v AS SELECT users.id FROM users;
