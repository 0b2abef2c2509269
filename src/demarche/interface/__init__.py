"""The Python interface: what `import demarche` offers, kept stable; everything else may change."""
