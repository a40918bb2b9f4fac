create table t (id int primary key, a int, key ka (a));create table gone (id int primary key, t int, constraint gt foreign key (t) references t (id));
