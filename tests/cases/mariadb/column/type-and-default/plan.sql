-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` varchar(80) NULL DEFAULT 'b', MODIFY COLUMN `b` decimal(12,4) NULL DEFAULT 2.2500;
