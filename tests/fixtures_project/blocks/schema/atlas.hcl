env "local" {
  schema {
    src = ["file://a.sql", "b.sql"]
    repo {
      name   = "app"
      url    = "s3://schemas/app?region=eu-central-1"
      backup = ["azureblob://copies/app?storage_account=a"]
    }
    mode {
      roles       = false
      permissions = false
      sensitive   = DENY
    }
  }
}
