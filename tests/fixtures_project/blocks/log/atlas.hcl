// The older name of format.
env "local" {
  log {
    migrate {
      apply = "{{ json . }}"
    }
  }
  lint {
    log = "{{ json . }}"
  }
}
