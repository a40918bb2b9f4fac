-- Modify "t" table
ALTER TABLE `t` ENGINE InnoDB;
-- Modify "u" table
ALTER TABLE `u` ENGINE MyISAM;
