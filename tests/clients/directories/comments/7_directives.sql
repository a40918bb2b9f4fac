-- atlas:nolint destructive
DROP TABLE a;
/*atlas:nolint*/
DROP TABLE b;
#atlas:nolint x y
--atlas:nolint  z 
DROP TABLE c;
-- say atlas:nolint no
DROP TABLE d;