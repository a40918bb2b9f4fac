create table t (a varchar(20), fulltext key k (a));
