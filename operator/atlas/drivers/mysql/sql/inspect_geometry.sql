-- Reference systems of spatial columns, which nothing else prints. Asked only where there are such columns: every
-- table of every schema is opened for it.
SELECT G_TABLE_SCHEMA, G_TABLE_NAME, G_GEOMETRY_COLUMN, SRID
FROM information_schema.GEOMETRY_COLUMNS
WHERE G_TABLE_SCHEMA IN (@schemas) AND SRID <> 0
