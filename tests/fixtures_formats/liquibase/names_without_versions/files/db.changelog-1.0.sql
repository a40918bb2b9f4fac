--liquibase formatted sql
--changeset a:3
INSERT INTO a VALUES (1);
