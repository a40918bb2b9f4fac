-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` bigint unsigned NULL INVISIBLE, MODIFY COLUMN `b` int NULL COMMENT "y";
