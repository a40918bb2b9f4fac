create table t (id int primary key, p point ref_system_id=4326 not null, q point ref_system_id=4326 not null comment 'kept');
