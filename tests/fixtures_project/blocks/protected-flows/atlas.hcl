env "local" {
  protected_flows {
    migrate_down {
      allow        = true
      auto_approve = false
    }
  }
}
