create table p (code varchar(10) primary key); create table c (id int primary key, p varchar(10), constraint fk foreign key (p) references p (code), note int comment 'n');
