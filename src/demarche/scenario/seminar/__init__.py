"""The block `seminar` of a scenario: rounds, seats and what each of them sees; batch and explorer pass it over."""
