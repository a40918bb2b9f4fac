data "external" "never" {
  program = ["false"]
}
data "remote_dir" "app" {
  name = "app"
}
data "remote_schema" "app" {
  name = "app"
}
data "aws_rds_token" "db" {
  endpoint = "db:5432"
  username = "app"
}
data "gcp_cloudsql_token" "db" {
}
env "local" {
  url = "sqlite://app.db"
}
