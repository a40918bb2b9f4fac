data "template_dir" "migrations" {
  path = "templates"
  vars = { Seed = 1 }
}
env "local" {
  migration {
    dir = data.template_dir.migrations.url
  }
}
