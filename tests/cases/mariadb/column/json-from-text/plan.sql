-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `j` json NOT NULL DEFAULT '{}' COMMENT "document";
