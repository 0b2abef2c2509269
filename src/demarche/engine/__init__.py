"""The engine: keyed draws, the schedule, simulation of batches, recording and tracing."""
