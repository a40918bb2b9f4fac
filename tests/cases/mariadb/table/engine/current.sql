create table t (id int primary key) engine MyISAM; create table u (id int primary key);
