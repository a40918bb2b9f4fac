-- Columns of the revisions table: no row without the schema, one NULL without the table.
SELECT c.COLUMN_NAME
FROM information_schema.SCHEMATA AS s
LEFT JOIN information_schema.COLUMNS AS c
       ON c.TABLE_SCHEMA = s.SCHEMA_NAME AND c.TABLE_NAME = @table
WHERE s.SCHEMA_NAME = @schema
ORDER BY c.ORDINAL_POSITION
