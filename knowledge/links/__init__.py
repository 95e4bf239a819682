"""How things hang together: one port, two stores."""
