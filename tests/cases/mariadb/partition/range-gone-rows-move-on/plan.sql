-- Modify "t" table
ALTER TABLE `t` DROP INDEX `k`;
-- Modify "t" table
ALTER TABLE `t` REORGANIZE PARTITION `p0`, `p1` INTO (PARTITION `p1` VALUES LESS THAN (20));
