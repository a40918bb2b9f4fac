-- migrate:up
CREATE TABLE users (id integer PRIMARY KEY, name varchar(50));

-- migrate:down
DROP TABLE users;
