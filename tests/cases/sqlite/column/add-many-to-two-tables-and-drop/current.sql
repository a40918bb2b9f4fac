CREATE TABLE a (x int, old text);
CREATE TABLE b (x int);
