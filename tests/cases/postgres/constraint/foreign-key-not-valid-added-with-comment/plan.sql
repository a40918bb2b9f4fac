-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_id") REFERENCES "p" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION NOT VALID;
-- Set comment to constraint: "k" on table: "c"
COMMENT ON CONSTRAINT "k" ON "c" IS 'not zero';
