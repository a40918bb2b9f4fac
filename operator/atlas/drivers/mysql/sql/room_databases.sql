-- Databases of a server, without rooms.
SELECT SCHEMA_NAME
FROM information_schema.SCHEMATA
WHERE SCHEMA_NAME NOT LIKE 'atlas\_dev\_%'
