-- migrate:up
CREATE TABLE a (id integer);
CREATE TABLE log (n integer);
CREATE TRIGGER noted AFTER INSERT ON a
BEGIN
  INSERT INTO log VALUES (1);
  UPDATE log SET n = 2;
END;
INSERT INTO a VALUES (1);

-- migrate:down
DROP TABLE a;
