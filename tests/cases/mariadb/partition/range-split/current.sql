create table t (a int not null, b int comment 'x') partition by range (a) (partition p0 values less than (10), partition pm values less than maxvalue);
