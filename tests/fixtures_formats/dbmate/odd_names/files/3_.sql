-- migrate:up
CREATE TABLE c (id integer);

-- migrate:down
