CREATE TABLE t (id integer, at timestamp);
CREATE FUNCTION touch() RETURNS trigger AS $body$
BEGIN
  NEW.at := timestamp '2024-01-01';
  RETURN NEW;
END;
$body$ LANGUAGE plpgsql;
CREATE TRIGGER touched BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO t (id) VALUES (1);
