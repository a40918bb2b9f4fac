-- Rename a column from "a" to "order"
ALTER TABLE `t` RENAME COLUMN `a` TO `order`;
