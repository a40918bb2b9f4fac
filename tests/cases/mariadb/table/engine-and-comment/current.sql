create table t (id int primary key, key (id)) engine MyISAM;
