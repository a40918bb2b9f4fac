-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Create index "i" to table: "t"
CREATE UNIQUE INDEX "i" ON "t" ((lower(b)) text_pattern_ops DESC, "b" COLLATE "C") WHERE (a > 1);
