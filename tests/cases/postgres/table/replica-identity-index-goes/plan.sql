-- Drop index "t_n" from table: "t"
DROP INDEX "t_n";
-- Modify "t" table
ALTER TABLE "t" REPLICA IDENTITY NOTHING, SET WITHOUT CLUSTER;
