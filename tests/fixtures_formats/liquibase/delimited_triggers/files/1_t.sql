--liquibase formatted sql
--changeset a:1
CREATE TABLE a (id integer);
CREATE TABLE log (n integer);
--changeset a:2 endDelimiter:/
CREATE TRIGGER one AFTER INSERT ON a BEGIN
  INSERT INTO log VALUES (1);
END
/
CREATE TRIGGER two AFTER DELETE ON a BEGIN
  INSERT INTO log VALUES (2);
END
/
--changeset a:3
INSERT INTO a VALUES (1);
DELETE FROM a;
