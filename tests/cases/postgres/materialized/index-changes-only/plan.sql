-- Drop index "m_id" from table: "m"
DROP INDEX "m_id";
-- Create index "m_id" to table: "m"
CREATE UNIQUE INDEX "m_id" ON "m" ("id") WITH (fillfactor = 80);
