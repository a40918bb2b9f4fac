create table t (id int primary key, a int, b varchar(20)); create event e on schedule every 1 day starts '2035-01-01 00:00:00' do delete from t;
