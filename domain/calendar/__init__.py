"""The legal working-day calendar: published years, counting days, due dates."""
