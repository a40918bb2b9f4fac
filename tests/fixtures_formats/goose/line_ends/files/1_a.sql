-- +goose Up
CREATE TABLE a (id integer);
INSERT INTO a VALUES (1);

-- +goose Down
DROP TABLE a;
