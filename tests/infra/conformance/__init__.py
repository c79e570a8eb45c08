"""The library's own tests of what a persistence module must do, on ours."""
