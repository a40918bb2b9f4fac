-- Every object of the main database, in the order of creation.
SELECT type, name, tbl_name, sql
FROM main.sqlite_schema
ORDER BY rowid;
