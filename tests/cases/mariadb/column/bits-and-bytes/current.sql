create table t (id int primary key, b bit(3) default b'101', v varbinary(10) default 'ab');
