-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `a` int NULL, ADD INDEX `k` (`a`);
