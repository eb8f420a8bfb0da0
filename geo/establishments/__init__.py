"""Sites, legal entities, members of the GHTs."""
