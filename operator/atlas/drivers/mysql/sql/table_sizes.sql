-- Data and indexes, as the storage engine estimates them.
SELECT table_schema, table_name, COALESCE(data_length, 0) + COALESCE(index_length, 0)
FROM information_schema.tables
WHERE table_type LIKE '%TABLE%'
  AND table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
ORDER BY 1, 2;
