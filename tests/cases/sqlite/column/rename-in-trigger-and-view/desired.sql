CREATE TABLE t (id integer PRIMARY KEY, b text);
CREATE TRIGGER tr AFTER UPDATE OF b ON t WHEN old.b <> new.b BEGIN UPDATE t SET b = trim(new.b) WHERE id = new.id; END;
CREATE VIEW v AS SELECT b FROM t;
