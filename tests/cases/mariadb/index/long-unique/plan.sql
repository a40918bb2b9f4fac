-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `b` int NULL, ADD UNIQUE INDEX `u` (`a`);
