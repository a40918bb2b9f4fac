-- Who we speak to, and whether the schema of the URL is there.
SELECT pg_catalog.pg_backend_pid(),
       EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = :'schema')
