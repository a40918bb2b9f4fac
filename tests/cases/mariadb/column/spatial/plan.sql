-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `p` point NULL, ADD COLUMN `q` linestring NULL;
