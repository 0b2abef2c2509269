"""Society: citizens, officials, professions, activists, firms."""
