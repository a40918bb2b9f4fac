create table t (a int, rs timestamp(6) generated always as row start, re timestamp(6) generated always as row end, period for system_time (rs, re)) with system versioning;
