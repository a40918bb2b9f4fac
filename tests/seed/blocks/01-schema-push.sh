atlas schema push myapp \
--env local
