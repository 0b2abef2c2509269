"""The scorecard: verdicts, marks, base rates and baselines beside the accounts."""
