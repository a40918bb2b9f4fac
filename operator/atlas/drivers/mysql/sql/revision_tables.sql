-- Which of two schemas hold a revisions table.
SELECT TABLE_SCHEMA
FROM information_schema.TABLES
WHERE TABLE_TYPE = 'BASE TABLE'
  AND TABLE_NAME = @table
  AND TABLE_SCHEMA IN (@bound, @default)
