atlas migrate push myapp \
--env local
