"""HTTP: routes by resource, problems, pages and the live board."""
