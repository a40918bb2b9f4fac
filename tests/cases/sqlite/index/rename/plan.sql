-- Drop index "i" from table: "t"
DROP INDEX `i`;
-- Create index "j" to table: "t"
CREATE INDEX `j` ON `t` (`a`);
