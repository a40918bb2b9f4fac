create table t (id int primary key, a int, b varchar(20)); CREATE TRIGGER `tr` BEFORE UPDATE ON `t` FOR EACH ROW set new.a = 1;
