-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `c` int NULL;
