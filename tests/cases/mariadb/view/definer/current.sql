create table t (id int primary key, a int, b varchar(20)); create view v as select id from t where id > 0 with check option;
