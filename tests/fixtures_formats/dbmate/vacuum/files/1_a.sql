-- migrate:up transaction:true
CREATE TABLE a (id integer);
-- migrate:down
DROP TABLE a;
