"""Tests of a bundle's heat maps: where they point, what hiding it does, what a network without learning would draw."""
