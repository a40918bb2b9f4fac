CREATE TABLE tA (id int);
