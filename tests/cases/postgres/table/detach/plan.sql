-- Detach partition "p1" from table: "p"
ALTER TABLE "p" DETACH PARTITION "p1";
-- Set comment to table: "p1"
COMMENT ON TABLE "p1" IS 'kept for the books';
