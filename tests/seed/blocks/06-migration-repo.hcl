env "local" {
# URL to the underlying database.
url = getenv("DATABASE_URL")
# URL to the dev-database.
dev = "sqlite://dev?mode=memory"
# URL to the desired schema state.
src = "file://schema.sql"
migration {
# Atlas Registry config.
repo {
name = "myapp"
}
}
}
