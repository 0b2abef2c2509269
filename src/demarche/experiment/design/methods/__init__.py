"""The designs, one file each: a `Method` at the top of a module here is found by `demarche.experiment.design.find`."""
