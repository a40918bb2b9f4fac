-- Modify "t" table
ALTER TABLE `t` DROP COLUMN `a`;
-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW set new.b = 'y';
