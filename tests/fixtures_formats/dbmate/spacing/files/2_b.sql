-- migrate:up
CREATE TABLE b (id integer);
INSERT INTO b VALUES (1);

-- migrate:down
DROP TABLE b;
