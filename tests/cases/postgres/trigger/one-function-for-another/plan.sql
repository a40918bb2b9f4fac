-- Create "g" function
CREATE FUNCTION "g" () RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE INSERT ON "t" FOR EACH ROW EXECUTE FUNCTION "g" ();
-- Drop "f" function
DROP FUNCTION "f" ();
