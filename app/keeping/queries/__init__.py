"""What we ask about backups and keys."""
