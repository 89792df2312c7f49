"""By when, whom it waits for, who is told: the deadlines of schemes."""
