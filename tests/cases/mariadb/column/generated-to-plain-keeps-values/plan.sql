-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `s` int NOT NULL DEFAULT 0, DROP COLUMN `v`, ADD COLUMN `v` int AS (`a` * 2) STORED AFTER `a`;
-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `v` int NOT NULL DEFAULT 0;
