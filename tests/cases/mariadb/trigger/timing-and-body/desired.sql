create table t (id int primary key, a int, b varchar(20)); CREATE TRIGGER `tr` AFTER INSERT ON `t` FOR EACH ROW set @x = 1;
