-- Schemas of people and their tables by name; a schema without a table has one row with NULL.
SELECT n.nspname, t.relname
FROM pg_catalog.pg_namespace AS n
LEFT JOIN (
    SELECT c.relnamespace, c.relname
    FROM pg_catalog.pg_class AS c
    WHERE c.relkind IN ('r', 'p')
      AND NOT c.relispartition
      AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
      )
) AS t ON t.relnamespace = n.oid
WHERE n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
  AND (:'schema' = '' OR n.nspname = :'schema')
  AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objid = n.oid AND d.deptype = 'e'
  )
ORDER BY n.nspname COLLATE "C", t.relname COLLATE "C"
