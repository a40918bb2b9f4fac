schema "users" {
}
