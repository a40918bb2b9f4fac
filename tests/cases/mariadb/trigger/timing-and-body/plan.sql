-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` AFTER INSERT ON `t` FOR EACH ROW set @x = 1;
