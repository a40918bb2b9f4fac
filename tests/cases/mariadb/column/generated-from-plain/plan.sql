-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `g` int AS (`a` + 1) STORED COMMENT "sum";
