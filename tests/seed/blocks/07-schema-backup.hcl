env "local" {
# URL to the underlying database.
url = getenv("DATABASE_URL")
# URL to the dev-database.
dev = "sqlite://dev?mode=memory"
schema {
# Desired schema state.
src = "file://schema.sql"
repo {
name = "myapp"
backup = ["s3://my-bucket/atlas-backup?region=us-east-1"]
}
}
}
