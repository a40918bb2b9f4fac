"""Where desired state comes from outside a database or registry: adapters, none of which knows another."""
