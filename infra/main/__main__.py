"""``python -m infra.main`` is ``banjian``."""

from infra.main import main

if __name__ == "__main__":
    main()
