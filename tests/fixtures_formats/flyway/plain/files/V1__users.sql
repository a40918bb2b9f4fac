CREATE TABLE users (id integer PRIMARY KEY, name varchar(50));
INSERT INTO users VALUES (1, 'ada');
