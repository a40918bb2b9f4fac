# A database that follows a tag of a migration directory in the registry.

terraform {
  required_providers {
    atlas = {
      source = "ariga/atlas"
    }
  }
}

variable "atlas_binary" {
  description = "Path of the atlas command that runs the migrations: command -v atlas."
  type        = string
}

variable "atlas_token" {
  description = "Token of the registry, from: atlas registry token create --scope read."
  type        = string
  sensitive   = true
}

provider "atlas" {
  binary_path = var.atlas_binary
  cloud {
    token = var.atlas_token
  }
}

resource "atlas_migration" "myapp" {
  url = "postgres://postgres:pass@:5432/example?search_path=public&sslmode=disable"
  remote_dir {
    name = "myapp"
    tag  = "39e7e4e35fce7409bd26d25d8140061695d4ffd5"
  }
}

output "version" {
  value = atlas_migration.myapp.status.current
}
