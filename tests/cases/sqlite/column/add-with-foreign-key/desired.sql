CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE pets (id integer PRIMARY KEY, owner integer REFERENCES users (id) ON UPDATE CASCADE ON DELETE SET NULL);
