CREATE TABLE u (id integer PRIMARY KEY, b text);
