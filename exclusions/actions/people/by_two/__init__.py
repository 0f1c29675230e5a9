"""What two persons do that is about no person: a press of decisions on terms reopened, dates of a round."""
