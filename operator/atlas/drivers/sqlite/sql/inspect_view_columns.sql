-- The columns of every view; fails when one of them refers to something that is not there.
SELECT s.name, x.name, x.type
FROM main.sqlite_schema AS s
JOIN pragma_table_xinfo(s.name, 'main') AS x
WHERE s.type = 'view'
ORDER BY s.rowid, x.cid;
