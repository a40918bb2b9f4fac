-- Drop "tr" trigger
DROP TRIGGER `tr`;
-- Create "tx" trigger
CREATE TRIGGER `tx` BEFORE INSERT ON `t` FOR EACH ROW set new.a = 1;
