atlas cloud repo create --type migration_directory --name myapp --driver postgres
