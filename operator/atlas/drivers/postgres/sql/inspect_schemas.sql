-- Schemas of people and, where the whole database is looked at, extensions. Names are '{}' for all, or '{app,audit}'.
SELECT 'schema' AS kind,
       n.oid,
       n.nspname AS name,
       NULL AS schema,
       NULL AS version,
       d.description AS comment
FROM pg_namespace AS n
LEFT JOIN pg_description AS d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
  AND (:'names' = '{}' OR n.nspname = ANY (:'names'::name[]))
  AND NOT EXISTS (
      SELECT FROM pg_depend AS e
      WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e'
  )
UNION ALL
SELECT 'extension',
       x.oid,
       x.extname,
       n.nspname,
       x.extversion,
       NULLIF(d.description, a.comment) -- what its control file says, nobody has said
FROM pg_extension AS x
JOIN pg_namespace AS n ON n.oid = x.extnamespace
LEFT JOIN pg_description AS d ON d.classoid = 'pg_extension'::regclass AND d.objoid = x.oid AND d.objsubid = 0
LEFT JOIN pg_catalog.pg_available_extensions() AS a ON a.name = x.extname
WHERE :'names' = '{}'
  AND x.extname <> 'plpgsql' -- every database has it
