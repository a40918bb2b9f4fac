-- Schemas of people, with their comments.
SELECT n.nspname, obj_description(n.oid, 'pg_namespace')
FROM pg_namespace AS n
WHERE n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
