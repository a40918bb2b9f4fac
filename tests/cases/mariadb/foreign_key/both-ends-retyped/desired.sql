create table p (id bigint unsigned primary key); create table c (id int primary key, p bigint unsigned not null, constraint fk foreign key (p) references p (id) on delete cascade);
