-- Rename a column from "a" to "x"
ALTER TABLE `t` RENAME COLUMN `a` TO `x`;
