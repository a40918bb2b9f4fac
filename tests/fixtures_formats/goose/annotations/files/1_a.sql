--+goose up
CREATE TABLE a (id integer);
--    +goose DOWN
DROP TABLE a;
