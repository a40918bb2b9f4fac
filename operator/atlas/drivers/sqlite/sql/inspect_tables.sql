-- What kind of table each is: table, view, virtual or shadow.
SELECT name, type, wr, strict
FROM pragma_table_list
WHERE schema = 'main';
