data "external_schema" "orm" {
  program     = ["cat", "models.sql"]
  working_dir = "app"
}
env "local" {
  src = data.external_schema.orm.url
}
