create table t (id int primary key, p point not null, q point not null, spatial key sq (q));
