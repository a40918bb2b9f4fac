-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int NULL DEFAULT 1;
