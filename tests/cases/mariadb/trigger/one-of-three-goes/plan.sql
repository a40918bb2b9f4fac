-- Drop "tr2" trigger
DROP TRIGGER `tr2`;
-- Modify "t" table
ALTER TABLE `t` COMMENT "z";
-- Modify "tr3" trigger
CREATE OR REPLACE TRIGGER `tr3` BEFORE INSERT ON `t` FOR EACH ROW FOLLOWS `tr` set new.b = 'y';
