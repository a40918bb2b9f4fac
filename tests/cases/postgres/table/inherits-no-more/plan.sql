-- Modify "c" table
ALTER TABLE "c" NO INHERIT "a";
-- Modify "c" table
ALTER TABLE "c" NO INHERIT "b";
-- Set comment to table: "c"
COMMENT ON TABLE "c" IS 'by itself';
