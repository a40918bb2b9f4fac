create table t (id int primary key, a int) page_compressed=1;
