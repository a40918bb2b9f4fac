CREATE TABLE untitled (id integer);
