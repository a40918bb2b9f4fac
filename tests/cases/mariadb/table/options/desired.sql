create table t (id int primary key) row_format=compressed key_block_size=4 stats_sample_pages=10; create table a (id int primary key) engine MyISAM delay_key_write=1 max_rows=10;
