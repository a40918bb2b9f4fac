create table p (id int primary key, n bigint) comment 'c'; create table c (id int primary key, p int, constraint cp foreign key (p) references p (id));
