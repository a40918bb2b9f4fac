-- +goose Up
-- +goose StatementBegin
CREATE PROCEDURE fill(n INT)
IF n > 0 THEN
  INSERT INTO t VALUES (n);
  INSERT INTO t VALUES (n + 1);
END IF;
-- +goose StatementEnd
CALL fill(5);

-- +goose Down
DROP PROCEDURE fill;
