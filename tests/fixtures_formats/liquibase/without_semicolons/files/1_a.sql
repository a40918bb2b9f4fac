--liquibase formatted sql
--changeset a:1
CREATE TABLE a (id integer)
--changeset a:2
CREATE TABLE b (id integer)

--rollback DROP TABLE b;
--changeset a:3
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (2)
