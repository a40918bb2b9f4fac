-- Rename a column from "name" to "full_name"
ALTER TABLE `t` RENAME COLUMN `name` TO `full_name`;
