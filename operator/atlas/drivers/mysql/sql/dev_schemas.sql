-- Schemas of people on a dev server, and what its clock says.
SELECT SCHEMA_NAME, UNIX_TIMESTAMP()
FROM information_schema.SCHEMATA
WHERE SCHEMA_NAME NOT IN ('information_schema', 'innodb', 'mysql', 'performance_schema', 'sys')
ORDER BY SCHEMA_NAME
