locals {
  url = "sqlite://${var.name}.db"
}
