create table t (id int primary key, n int default 2, s varchar(20) default 'it''s \\ "q"', u char(36) default uuid(), d datetime default current_timestamp());
