create table t (a varchar(20), key k (a));
