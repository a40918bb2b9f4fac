# What the language can say beside blocks: comments of all kinds, variables, locals, loops and templates.
variable "tenants" {
  type    = list(string)
  default = ["acme", "globex"]
}

variable "width" {
  type    = number
  default = 40
}

locals {
  audit  = toset(["created_at", "updated_at"])
  prefix = "t_" // of tables
  sizes  = { small = 10, "very large" = 4096 }
}

schema "public" {}

/* One table a tenant: a block of a loop is told apart by its name. */
table "tenant" {
  for_each = toset(var.tenants)
  name     = "${local.prefix}${each.value}"
  schema   = schema.public
  column "id" { type = int }
  column "title" {
    type    = varchar(var.width)
    default = "%%{ no directive } of $${each.value}: ${upper(each.key)}"
  }
  dynamic "column" {
    for_each = local.audit
    labels   = [column.value]
    content {
      type    = timestamptz
      null    = true
      default = sql("now()")
    }
  }
  primary_key { columns = [column.id] }
}

table "notes" {
  schema = schema.public
  column "tenant" {
    type = var.width > 30 ? bigint : integer
  }
  column "body" {
    type    = text
    comment = <<-EOT
      two
        lines
    EOT
  }
  column "weight" {
    type    = numeric(10, 2)
    default = -1.50
  }
  index "by_tenant" {
    columns = [for name in ["tenant", "body"] : column[name]]
  }
}
