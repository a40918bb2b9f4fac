--liquibase formatted sql
--changeset a:1 endDelimiter:/
CREATE TABLE a (t text DEFAULT 'x;y')
/
CREATE TABLE b (id integer)
/
--changeset a:2 endDelimiter:@@
INSERT INTO b VALUES (1)@@
INSERT INTO b VALUES (2)@@
--changeset a:3
INSERT INTO b VALUES (3);
