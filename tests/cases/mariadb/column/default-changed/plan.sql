-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `n` int NULL DEFAULT 2, MODIFY COLUMN `s` varchar(20) NULL DEFAULT 'it''s \\ "q"', MODIFY COLUMN `u` char(36) NULL DEFAULT (uuid()), MODIFY COLUMN `d` datetime NULL DEFAULT (current_timestamp());
