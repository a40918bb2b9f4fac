use shop_a; insert into t values (1); use shop_b; insert into k values (1, 1);
