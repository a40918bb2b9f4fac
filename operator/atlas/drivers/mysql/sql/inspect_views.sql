-- Views; every name in a definition is qualified by the server.
SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, DEFINER, SECURITY_TYPE, ALGORITHM
FROM information_schema.VIEWS
WHERE TABLE_SCHEMA IN (@schemas)
