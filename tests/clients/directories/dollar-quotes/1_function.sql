CREATE FUNCTION f() RETURNS trigger AS $$
BEGIN
  NEW.x := 'it''s; ok';
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
SELECT 1;
