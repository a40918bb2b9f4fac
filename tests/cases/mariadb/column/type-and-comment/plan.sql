-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `s` enum('a','b','c') NOT NULL COMMENT "states", MODIFY COLUMN `t2` set('x','y') NULL COMMENT "c";
