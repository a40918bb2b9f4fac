-- Placeholder.
SELECT 'x' AS kind, 'x' AS name, '' AS "on" WHERE :'schemas' = '' AND :'names' = ''
