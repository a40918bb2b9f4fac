create table t (id int primary key, a varchar(20) not null comment 'stays');
