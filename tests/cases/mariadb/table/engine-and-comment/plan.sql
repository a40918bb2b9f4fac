-- Modify "t" table
ALTER TABLE `t` COMMENT "on disk", ENGINE InnoDB;
