-- migrate:up
CREATE TABLE log (n integer);

-- migrate:down
