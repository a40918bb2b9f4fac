-- Modify "t" table
SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE `t` DROP COLUMN `a`, ADD COLUMN `b` int NULL DEFAULT 1;
