create table t (code varchar(10) not null, primary key (code));
