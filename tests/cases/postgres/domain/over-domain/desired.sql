CREATE DOMAIN base AS text CONSTRAINT filled CHECK (VALUE <> '');
CREATE DOMAIN mail AS base CONSTRAINT at CHECK (VALUE LIKE '%@%');
CREATE TABLE t (id integer, m mail);
CREATE INDEX i ON t (m);
