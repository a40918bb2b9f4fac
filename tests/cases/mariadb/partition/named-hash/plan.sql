-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int NOT NULL COMMENT "u";
-- Modify "t" table
ALTER TABLE `t` PARTITION BY LINEAR HASH (`a`) (PARTITION `x`, PARTITION `y`);
