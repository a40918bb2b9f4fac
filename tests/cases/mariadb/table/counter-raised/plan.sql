-- Modify "t" table
ALTER TABLE `t` AUTO_INCREMENT 1000;
