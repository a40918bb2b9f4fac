create table t (id int primary key, b bit(8) default b'11', v varbinary(20) default x'00');
