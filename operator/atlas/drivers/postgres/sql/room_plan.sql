-- The server's clock, and what CREATE DATABASE must say where template0 has another encoding than this database.
SELECT extract(epoch FROM now())::bigint,
       CASE WHEN d.encoding <> t.encoding THEN
           format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
       END
FROM pg_database AS d, pg_database AS t
WHERE d.datname = current_database()
  AND t.datname = 'template0'
