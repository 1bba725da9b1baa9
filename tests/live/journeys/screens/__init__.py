"""Pages as people use them: what is done on each, in functions with a person first."""
