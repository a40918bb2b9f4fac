create table t (id int primary key, a int, b varchar(20)); create event e on schedule every 1 day starts '2035-01-01 00:00:00' do delete from t;
delimiter //
create event once on schedule at '2036-01-01 10:00:00' on completion preserve disable comment 'it''s' do
begin
  delete from t where id = 1;
end//
