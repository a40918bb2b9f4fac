-- The columns of every table, hidden ones too: 2 is VIRTUAL, 3 is STORED.
SELECT s.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
FROM main.sqlite_schema AS s
JOIN pragma_table_xinfo(s.name, 'main') AS x
WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL %'
ORDER BY s.rowid, x.cid;
