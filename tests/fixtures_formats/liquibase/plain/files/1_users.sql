--liquibase formatted sql

--changeset ada:1
CREATE TABLE users (id integer PRIMARY KEY, name varchar(50));
--rollback DROP TABLE users;

--changeset ada:2
INSERT INTO users VALUES (1, 'ada');
