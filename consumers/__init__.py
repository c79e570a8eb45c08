"""What reads something foreign or a timer, and acts through the door."""
