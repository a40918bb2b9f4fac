-- Modify "t" table
ALTER TABLE `t` COMMENT "y";
-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW PRECEDES `tr2` set new.a = 2;
