-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` BEFORE UPDATE ON `t` FOR EACH ROW set new.a = 1;
