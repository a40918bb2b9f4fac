create table t (id int primary key, s enum('a','b') not null, t2 set('x') comment 'c');
