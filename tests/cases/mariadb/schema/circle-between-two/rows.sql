insert into shop_a.t values (1, null); insert into shop_b.u values (1, 1); insert into shop_c.k values (1);
