CREATE TABLE nodes (id integer PRIMARY KEY, up integer REFERENCES nodes (id), label varchar(10));
