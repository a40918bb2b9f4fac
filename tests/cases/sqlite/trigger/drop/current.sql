CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE log (what text);
CREATE TRIGGER tr AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.name); END;
