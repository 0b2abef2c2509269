"""Running what a scorecard needs: accounts, placebos, the search of sources, and single rules made neutral."""
