-- Which of two schemas hold a revisions table.
SELECT n.nspname
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname = :'table'
  AND c.relkind IN ('r', 'p')
  AND n.nspname IN (:'bound', :'default')
