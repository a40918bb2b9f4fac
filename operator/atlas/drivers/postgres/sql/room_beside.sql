-- What belongs to the whole server, in the order in which it can be dropped, without rooms.
SELECT 'database', datname FROM pg_database WHERE NOT starts_with(datname, 'atlas_dev_')
UNION ALL
SELECT 'tablespace', spcname FROM pg_tablespace
UNION ALL
SELECT 'role', rolname FROM pg_roles
