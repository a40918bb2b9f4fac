CREATE TABLE accounts (id serial PRIMARY KEY, email text UNIQUE, n integer CHECK (n > 0));
CREATE INDEX accounts_n_idx ON accounts (n);
CREATE TABLE posts (user_id integer REFERENCES accounts);
