-- migrate:up
INSERT INTO t (id) VALUES (1), (2); # a note; of MariaDB

-- migrate:down
