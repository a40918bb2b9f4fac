create sequence s; create table t (id int primary key, n bigint default nextval(s)); create table u (id int primary key default nextval(s));
