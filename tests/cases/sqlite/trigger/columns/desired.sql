CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE log (what text);
CREATE TRIGGER tr AFTER UPDATE OF name, id ON users BEGIN INSERT INTO log VALUES (1); END;
