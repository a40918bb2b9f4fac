create table p (code varchar(10) charset latin1 primary key); create table c (id int primary key, p varchar(10) charset latin1, constraint fk foreign key (p) references p (code));
