-- Rename a table from "t" to "u"
ALTER TABLE `t` RENAME TO `u`;
-- Rename a column from "a" to "b"
ALTER TABLE `u` RENAME COLUMN `a` TO `b`;
