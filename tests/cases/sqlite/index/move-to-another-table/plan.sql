-- Drop index "i" from table: "t"
DROP INDEX `i`;
-- Create index "i" to table: "u"
CREATE INDEX `i` ON `u` (`c`);
