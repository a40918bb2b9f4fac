-- +goose Up
CREATE TABLE t (id integer, at timestamp);
-- +goose StatementBegin
-- What it does.
CREATE FUNCTION touch() RETURNS trigger AS $$
BEGIN
  NEW.at := timestamp '2024-01-01';
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER touched BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO t (id) VALUES (1);

-- +goose Down
DROP TABLE t;
DROP FUNCTION touch();
