data "template_dir" "migrations" {
  path = "template"
}
env "local" {
  migration {
    dir = data.template_dir.migrations.url
  }
}
