-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` bigint NULL, MODIFY COLUMN `c` varchar(10) NOT NULL DEFAULT 'q', DROP COLUMN `b`, ADD COLUMN `d` date NULL;
