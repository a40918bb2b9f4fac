create table k (id int primary key);
