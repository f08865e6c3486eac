"""The public board: how far the neighbourhood is, for everybody, without a name and with small numbers hidden."""
