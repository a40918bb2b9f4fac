CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE audit (at text DEFAULT CURRENT_TIMESTAMP, what text);
CREATE TRIGGER users_audit AFTER DELETE ON users BEGIN INSERT INTO audit (what) VALUES (old.name); END;
CREATE VIEW recent AS SELECT * FROM audit ORDER BY at DESC LIMIT 10;
