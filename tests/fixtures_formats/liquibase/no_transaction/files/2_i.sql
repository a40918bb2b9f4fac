--liquibase formatted sql
--changeset a:2 runInTransaction:false
CREATE INDEX CONCURRENTLY by_id ON a (id);
--changeset a:3 runInTransaction:false
CREATE INDEX CONCURRENTLY by_id_too ON a (id);
