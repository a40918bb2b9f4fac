create table t (id int primary key) comment 'it''s "b"';
