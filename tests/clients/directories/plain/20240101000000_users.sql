CREATE TABLE users (id int NOT NULL, name text);
CREATE INDEX i ON users (name);
