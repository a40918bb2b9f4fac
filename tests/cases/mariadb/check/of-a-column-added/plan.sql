-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int NOT NULL DEFAULT 5 COMMENT "k" CHECK (`a` > 0), ADD COLUMN `c` int NULL CHECK (`c` < 10);
