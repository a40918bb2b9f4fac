env "local" {
  migration {
    directory = "file://migrations"
  }
}
