-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `g` int AS (`a` + 2) STORED;
