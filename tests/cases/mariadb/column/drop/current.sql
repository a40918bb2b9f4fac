create table users (id int primary key, email varchar(100), seen int as (id + 1) virtual);
