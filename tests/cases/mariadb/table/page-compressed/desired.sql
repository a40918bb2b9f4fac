create table t (id int primary key, a int default 3) page_compressed=1 page_compression_level=5;
