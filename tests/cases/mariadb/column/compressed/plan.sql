-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` text COMPRESSED NULL;
