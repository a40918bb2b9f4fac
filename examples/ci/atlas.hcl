variable "database_url" {
  type    = string
  default = getenv("DATABASE_URL")
}

env "ci" {
  url = var.database_url
  dev = getenv("DEV_URL")
  migration {
    dir = "file://migrations"
    repo {
      name = "notes"
    }
  }
  test {
    migrate {
      src = ["tests/migrate.test.hcl"]
    }
  }
  lint {
    destructive {
      error = true
    }
  }
}
