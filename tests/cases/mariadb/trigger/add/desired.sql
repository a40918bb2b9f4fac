create table t (id int primary key, a int, b varchar(20));
delimiter //
CREATE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW begin
  set new.a = new.id;
  set new.b = 'it''s';
end//
