create table users (id int primary key, n varchar(5)); create table pets (id int primary key, u int, constraint fk foreign key (u) references users (id));
