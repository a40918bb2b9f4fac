-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `n` bigint NOT NULL, MODIFY COLUMN `v` varchar(60) NULL DEFAULT 'a' COMMENT "kept";
