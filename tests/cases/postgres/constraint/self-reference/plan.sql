-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "parent" integer NULL, ADD CONSTRAINT "up" FOREIGN KEY ("parent") REFERENCES "t" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- Set comment to column: "parent" on table: "t"
COMMENT ON COLUMN "t"."parent" IS 'above';
