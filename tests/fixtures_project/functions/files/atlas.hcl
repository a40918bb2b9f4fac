env "local" {
  text   = trimspace(file("parts/a.sql"))
  config = jsondecode(file("config.json")).name
  names  = fileset("parts/*.sql")
  count  = length(fileset("**/*.sql"))
}
