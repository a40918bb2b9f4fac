-- Modify "t" table
ALTER TABLE `t` COMMENT "b";
-- Modify "t" table
ALTER TABLE `t` DROP PARTITION `p2`;
