--liquibase formatted sql
--changeset a:1
CREATE TABLE a (id integer)
GO
CREATE TABLE b (id integer)
go
--changeset a:2
INSERT INTO a VALUES (1);
GO
