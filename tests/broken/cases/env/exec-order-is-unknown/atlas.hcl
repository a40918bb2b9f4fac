env "local" {
  url = "sqlite://app.db"
  migration {
    dir        = "file://migrations"
    exec_order = SKIP_LINEAR
  }
}
