-- The foreign keys of every table; the last one that was declared has number 0.
SELECT s.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete
FROM main.sqlite_schema AS s
JOIN pragma_foreign_key_list(s.name, 'main') AS f
WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL %'
ORDER BY s.rowid, f.id DESC, f.seq;
