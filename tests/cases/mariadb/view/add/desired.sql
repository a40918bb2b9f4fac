create table t (id int primary key, a int, b varchar(20)); create view v as select id, a + 1 as a1, concat(b, 'x`') as c from t where b <> 'it''s';
