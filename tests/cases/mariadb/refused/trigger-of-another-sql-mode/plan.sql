-- Create "tr" trigger
CREATE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW set @x = 'a' || 'b';
