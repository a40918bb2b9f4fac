-- Create "touch" function
CREATE FUNCTION "touch" () RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.updated_at = now(); RETURN NEW; END$$;
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "updated_at" timestamptz NULL;
-- Create trigger "tr" on table: "t"
CREATE TRIGGER "tr" BEFORE UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "touch" ();
