-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `b` text NULL;
-- Modify "t" table
ALTER TABLE `t` ADD PARTITION PARTITIONS 3;
