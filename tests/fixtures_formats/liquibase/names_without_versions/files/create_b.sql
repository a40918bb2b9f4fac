--liquibase formatted sql
--changeset a:2
CREATE TABLE b (id integer);
