-- Drop index "m_n" from table: "m"
DROP INDEX CONCURRENTLY "m_n";
-- Create index "m_id" to table: "m"
CREATE UNIQUE INDEX CONCURRENTLY "m_id" ON "m" ("id");
