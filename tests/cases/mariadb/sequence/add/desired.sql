create sequence s start with 5 increment by 2 minvalue 1 maxvalue 100 cache 10 cycle; create sequence d; create sequence m increment by -1 nocache; create table t (id int primary key);
