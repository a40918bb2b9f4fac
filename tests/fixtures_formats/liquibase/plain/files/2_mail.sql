--liquibase formatted sql
--changeset ada:3
ALTER TABLE users ADD COLUMN mail varchar(50);
--rollback ALTER TABLE users DROP COLUMN mail;
