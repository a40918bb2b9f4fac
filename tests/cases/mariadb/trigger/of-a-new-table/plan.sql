-- Create "t" table
CREATE TABLE `t` (
  `id` int NOT NULL,
  `a` int NULL,
  `b` varchar(20) NULL,
  PRIMARY KEY (`id`)
);
-- Create "del" trigger
CREATE TRIGGER `del` AFTER DELETE ON `t` FOR EACH ROW set @gone = old.id;
-- Create "z" trigger
CREATE TRIGGER `z` BEFORE INSERT ON `t` FOR EACH ROW set new.b = 'x';
-- Create "tr" trigger
CREATE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW FOLLOWS `z` set new.a = 1;
