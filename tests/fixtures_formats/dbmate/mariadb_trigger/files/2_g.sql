-- migrate:up
CREATE TRIGGER counted BEFORE INSERT ON t FOR EACH ROW
BEGIN
  SET NEW.n = 1;
  IF NEW.id > 1 THEN
    SET NEW.n = 2;
  END IF;
END;

-- migrate:down
DROP TRIGGER counted;
