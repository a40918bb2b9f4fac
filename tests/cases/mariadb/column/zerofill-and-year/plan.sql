-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int(8) unsigned zerofill NULL, MODIFY COLUMN `y` smallint NOT NULL DEFAULT 2000, MODIFY COLUMN `z` tinyint NULL;
