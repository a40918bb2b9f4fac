-- Columns of the revisions table: no row without the schema, one NULL without the table.
SELECT a.attname
FROM pg_catalog.pg_namespace AS n
LEFT JOIN pg_catalog.pg_class AS c
       ON c.relnamespace = n.oid AND c.relname = :'table' AND c.relkind IN ('r', 'p')
LEFT JOIN pg_catalog.pg_attribute AS a
       ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = :'schema'
ORDER BY a.attnum
