CREATE TABLE a (id integer);
INSERT INTO users VALUES (1);
