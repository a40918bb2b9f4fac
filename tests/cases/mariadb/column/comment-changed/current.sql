create table t (id int primary key comment 'old', b int comment 'gone', c int);
