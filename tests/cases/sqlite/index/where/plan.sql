-- Drop index "i" from table: "t"
DROP INDEX `i`;
-- Create index "i" to table: "t"
CREATE INDEX `i` ON `t` (`a`) WHERE b > 1;
