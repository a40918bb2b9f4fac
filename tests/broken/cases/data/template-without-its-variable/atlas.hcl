data "template_dir" "migrations" {
  path = "templates"
  vars = {}
}
env "local" {
  migration {
    dir = data.template_dir.migrations.url
  }
}
