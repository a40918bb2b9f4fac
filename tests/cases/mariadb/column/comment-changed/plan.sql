-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `id` int NOT NULL COMMENT "it's \"quoted\" and \\ slashed", MODIFY COLUMN `b` int NULL, MODIFY COLUMN `c` int NULL COMMENT "new";
