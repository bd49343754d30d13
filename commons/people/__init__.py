"""People, their houses and their networks."""
