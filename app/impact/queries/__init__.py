"""What impact asks: rows (columns of others' tables), one unit, the company's units side by side, a glance for home."""
