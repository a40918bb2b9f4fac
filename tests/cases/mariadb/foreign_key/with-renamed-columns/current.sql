create table p (id int primary key); create table c (id int primary key, p int, constraint fk foreign key (p) references p (id), key k2 (p, id));
