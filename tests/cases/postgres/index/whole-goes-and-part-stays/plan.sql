-- Drop index "p_at" from table: "p"
DROP INDEX "p_at";
-- Create index "p1_named" to table: "p1"
CREATE INDEX "p1_named" ON "p1" ("at");
