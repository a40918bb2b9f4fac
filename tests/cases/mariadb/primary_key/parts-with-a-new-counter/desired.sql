create table t (code varchar(10) not null, id bigint not null auto_increment, primary key (id));
