"""atlas.hcl and a command: read it when it was asked for, and fill the flags that were left out."""
