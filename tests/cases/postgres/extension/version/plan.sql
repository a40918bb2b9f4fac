-- Modify extension "hstore"
ALTER EXTENSION "hstore" UPDATE TO '1.7';
