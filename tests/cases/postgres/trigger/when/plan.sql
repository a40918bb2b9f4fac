-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE UPDATE ON "t" FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name) AND (new.name <> ' WHEN ('::text)) EXECUTE FUNCTION "f" ();
