-- Modify "t" table
ALTER TABLE `t` ADD SYSTEM VERSIONING;
-- Modify "t" table
SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE `t` ADD COLUMN `b` int NULL WITHOUT SYSTEM VERSIONING;
