create table t (id int primary key, c bigint, b varchar(20)); create view v as select id, c from t;
