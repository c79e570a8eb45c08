"""What a rating may say beside its level."""
