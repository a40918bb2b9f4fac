create table t (id int primary key, u uuid default uuid(), i inet6 not null);
