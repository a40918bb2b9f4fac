CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, n integer CHECK (n > 0));
CREATE INDEX users_n_idx ON users (n);
CREATE TABLE posts (user_id integer REFERENCES users);
