-- +goose Up
CREATE TABLE a (id integer);
CREATE TABLE log (n integer);
-- +goose StatementBegin
CREATE TRIGGER noted AFTER INSERT ON a BEGIN
  INSERT INTO log VALUES (1);
  INSERT INTO log VALUES (2);
END;
-- +goose StatementEnd
INSERT INTO a VALUES (1);

-- +goose Down
-- +goose StatementBegin
DROP TABLE a;
-- +goose StatementEnd
DROP TABLE log;
