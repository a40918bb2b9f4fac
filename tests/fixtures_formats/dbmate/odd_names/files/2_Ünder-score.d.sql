-- migrate:up
CREATE TABLE b (id integer);

-- migrate:down
