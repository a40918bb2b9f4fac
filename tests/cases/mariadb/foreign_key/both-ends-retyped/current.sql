create table p (id int primary key); create table c (id int primary key, p int not null, constraint fk foreign key (p) references p (id));
