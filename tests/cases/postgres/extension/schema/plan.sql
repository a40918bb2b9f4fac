-- Modify extension "hstore"
ALTER EXTENSION "hstore" SET SCHEMA "ext";
