"""Personal fields sealed under each person's own key, and found and erased again."""
