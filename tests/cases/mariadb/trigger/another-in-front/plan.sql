-- Create "ahead" trigger
CREATE TRIGGER `ahead` BEFORE INSERT ON `t` FOR EACH ROW set new.b = 'x';
-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW FOLLOWS `ahead` set new.a = 1;
