create table t (a int not null unique comment 'u') partition by linear hash (a) (partition x, partition y);
