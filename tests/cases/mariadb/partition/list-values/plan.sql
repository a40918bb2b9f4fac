-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int NULL;
-- Modify "t" table
ALTER TABLE `t` REORGANIZE PARTITION `x`, `y` INTO (PARTITION `x` VALUES IN ('a'), PARTITION `y` VALUES IN ('b','c'), PARTITION `z` VALUES IN ('d'));
