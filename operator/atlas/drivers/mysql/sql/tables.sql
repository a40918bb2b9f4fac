-- Schemas of people and their tables by name; a schema without a table has one row with NULL.
SELECT s.SCHEMA_NAME, t.TABLE_NAME
FROM information_schema.SCHEMATA AS s
LEFT JOIN information_schema.TABLES AS t
       ON t.TABLE_SCHEMA = s.SCHEMA_NAME AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')
WHERE s.SCHEMA_NAME NOT IN ('information_schema', 'innodb', 'mysql', 'performance_schema', 'sys')
  AND (@schema = '' OR s.SCHEMA_NAME = @schema)
ORDER BY s.SCHEMA_NAME, t.TABLE_NAME
