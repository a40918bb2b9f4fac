-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW set new.a = 2;
