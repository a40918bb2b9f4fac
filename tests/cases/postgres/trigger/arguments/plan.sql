-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE INSERT ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ('it''s', '', E'back\\slash');
