CREATE TABLE t (id integer, title text);
CREATE VIEW plain AS SELECT id FROM t WHERE title <> '';
CREATE VIEW nested AS SELECT x.title AS label FROM (SELECT title FROM t) x;
CREATE MATERIALIZED VIEW m AS SELECT id FROM t WHERE title <> '';
CREATE INDEX mi ON m (id);
