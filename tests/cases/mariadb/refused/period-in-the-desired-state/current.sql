create table t (id int primary key, a date not null, b date not null);
