CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE pets (id integer PRIMARY KEY, owner integer, CONSTRAINT pets_owner FOREIGN KEY (owner) REFERENCES users (id) ON DELETE CASCADE);
