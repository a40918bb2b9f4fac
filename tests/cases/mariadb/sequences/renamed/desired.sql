create sequence r;
