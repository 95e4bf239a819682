"""What a written fact is; example packs."""
