create table t (id int primary key, p point not null, q point ref_system_id=4326 not null);
