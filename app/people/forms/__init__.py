"""What we accept: one file a noun. Shape and wording of what is typed; no rights, no writes."""
