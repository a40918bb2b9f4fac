CREATE TABLE accounts (id serial PRIMARY KEY, email text CONSTRAINT users_email UNIQUE);
CREATE TABLE c (u integer CONSTRAINT c_u REFERENCES accounts (id));
CREATE VIEW v AS SELECT accounts.id FROM accounts;
