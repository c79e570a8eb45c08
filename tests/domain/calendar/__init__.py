"""The calendar: its years, its working days, its due dates."""
