-- Modify "t" table
ALTER TABLE `t` DROP CONSTRAINT `ck`, DROP COLUMN `a`, DROP INDEX `k`, ADD INDEX `k` (`b`) COMMENT "c";
