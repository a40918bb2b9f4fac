create table t (id int primary key, j json not null default '{}' comment 'document');
