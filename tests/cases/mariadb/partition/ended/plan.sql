-- Modify "t" table
ALTER TABLE `t` REMOVE PARTITIONING;
-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `c` int NULL COMMENT "new";
