-- Create index "i" to table: "t"
CREATE UNIQUE INDEX "i" ON "t" ("id");
-- Modify "t" table
ALTER TABLE "t" REPLICA IDENTITY USING INDEX "i";
