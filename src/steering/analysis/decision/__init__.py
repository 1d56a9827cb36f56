"""The next decision: what is to be voted on, the way there, and what each answer costs and brings about."""
