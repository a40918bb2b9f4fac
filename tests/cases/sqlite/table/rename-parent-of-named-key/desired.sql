CREATE TABLE accounts (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE pets (id integer PRIMARY KEY, owner integer, CONSTRAINT pets_owner FOREIGN KEY (owner) REFERENCES accounts (id) ON DELETE CASCADE);
