create table u (id int primary key, a int, b varchar(20)); CREATE TRIGGER `tr` BEFORE INSERT ON `u` FOR EACH ROW set new.a = 3;
