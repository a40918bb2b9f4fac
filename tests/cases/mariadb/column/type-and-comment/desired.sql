create table t (id int primary key, s enum('a','b','c') not null comment 'states', t2 set('x','y') comment 'c');
