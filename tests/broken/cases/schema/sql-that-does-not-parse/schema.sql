CREATE TABLE a (id integer);
CREAT TABLE b (id integer);
