env "local" {
  src = "file://attribute.sql"
  schema {
    src = "file://block.sql"
    repo {
      name = "app"
    }
  }
}
