"""Following facilities after they were supported: figures before and after, who has not answered, what came of it."""
