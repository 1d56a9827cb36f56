"""Lists of values by municipality, as people and portals write them: one by one, or years abreast."""
