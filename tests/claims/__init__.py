"""The claims test: does each claim of the register have a carrier whose neutral value takes the claim's effect away?"""
