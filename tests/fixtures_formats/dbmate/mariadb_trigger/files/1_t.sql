-- migrate:up
CREATE TABLE t (id int, n int);

-- migrate:down
