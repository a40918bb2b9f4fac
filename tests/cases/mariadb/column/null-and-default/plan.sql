-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int NULL DEFAULT 7, MODIFY COLUMN `b` varchar(5) NULL;
