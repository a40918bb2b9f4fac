-- Modify "t" table
ALTER TABLE `t` AUTO_INCREMENT 50, COMMENT "numbered";
