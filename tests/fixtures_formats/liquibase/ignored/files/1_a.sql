--liquibase formatted sql
--changeset a:1
CREATE TABLE a (id integer);
--changeset a:2 ignore:true
CREATE TABLE never (id integer);
--changeset a:3 ignore:false
CREATE TABLE b (id integer);
