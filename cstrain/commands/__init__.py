"""What the commands of the command line do; `cstrain.cli` reads the arguments."""
