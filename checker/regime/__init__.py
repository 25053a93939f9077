"""From declarations to models: names, types, modifications, versions, readings, claims."""
