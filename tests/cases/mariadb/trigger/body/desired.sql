create table t (id int primary key, a int, b varchar(20)); CREATE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW set new.a = 2;
