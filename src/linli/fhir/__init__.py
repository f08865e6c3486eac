"""FHIR R4 at the edge: a person's Parameters in, evaluations and a recommendation out.

`fhir.resources` (R4B) is used here and nowhere else: what comes in is held to it and turned at once into the engine's
own `Person`, and what goes out one by one is held to it again. Both doors that speak FHIR, `api` and `cli`, come
through here.
"""
