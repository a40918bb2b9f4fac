-- liquibase formatted sql
-- changeset a:1
CREATE TABLE b (id integer);
