-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` varchar(20) NULL COMMENT "c", MODIFY COLUMN `b` varchar(20) NULL COMMENT "d";
