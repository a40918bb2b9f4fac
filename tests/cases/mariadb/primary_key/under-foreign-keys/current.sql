create table p (id int not null, u int not null, primary key (id), unique key uu (u)); create table c (id int primary key, p int, constraint fk foreign key (p) references p (id));
