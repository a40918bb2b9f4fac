CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TRIGGER tr AFTER UPDATE OF a ON t WHEN old.a <> new.a BEGIN UPDATE t SET a = trim(new.a) WHERE id = new.id; END;
CREATE VIEW v AS SELECT a FROM t;
