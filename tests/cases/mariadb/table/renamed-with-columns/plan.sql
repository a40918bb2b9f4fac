-- Rename a table from "t" to "u"
RENAME TABLE `t` TO `u`;
-- Rename a column from "a" to "c"
ALTER TABLE `u` RENAME COLUMN `a` TO `c`;
-- Modify "u" table
ALTER TABLE `u` MODIFY COLUMN `b` varchar(9) NULL;
