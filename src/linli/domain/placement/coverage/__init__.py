"""Who is within reach of a site: covering as many as p sites can."""
