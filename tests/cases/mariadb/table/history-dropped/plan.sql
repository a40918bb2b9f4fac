-- Modify "t" table
SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE `t` DROP SYSTEM VERSIONING, MODIFY COLUMN `a` bigint NULL;
