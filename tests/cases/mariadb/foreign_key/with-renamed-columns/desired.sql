create table p (pid int primary key); create table c (id int primary key, parent int, constraint fk foreign key (parent) references p (pid), key k2 (parent, id));
