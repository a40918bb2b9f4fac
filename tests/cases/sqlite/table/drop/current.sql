CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE logs (id integer PRIMARY KEY, user_id integer REFERENCES users (id));
