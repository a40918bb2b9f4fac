-- Modify "t" table
ALTER TABLE `t` DROP CONSTRAINT `ck`;
