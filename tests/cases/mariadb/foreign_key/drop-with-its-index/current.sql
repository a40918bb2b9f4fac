create table p (id int primary key, u int, unique key uu (u));create table c (id int primary key, p int, constraint fk foreign key (p) references p (id));
