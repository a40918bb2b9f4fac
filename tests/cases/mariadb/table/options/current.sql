create table t (id int primary key) row_format=dynamic stats_persistent=1 max_rows=1000; create table a (id int primary key) engine MyISAM checksum=1;
