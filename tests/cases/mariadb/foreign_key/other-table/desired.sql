create table p (id int primary key, u int, unique key uu (u));create table q (id int primary key); create table c (id int primary key, p int, constraint fk foreign key (p) references q (id));
