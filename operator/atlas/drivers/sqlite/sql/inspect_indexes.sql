-- The parts of every index; its origin is c (CREATE INDEX), u (UNIQUE) or pk. cid -2 is an expression.
SELECT s.name, l.name, l."unique", l.origin, l.partial, x.cid, x.name, x."desc", x.coll
FROM main.sqlite_schema AS s
JOIN pragma_index_list(s.name, 'main') AS l
JOIN pragma_index_xinfo(l.name, 'main') AS x
WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL %' AND x.key
ORDER BY s.rowid, l.seq DESC, x.seqno;
