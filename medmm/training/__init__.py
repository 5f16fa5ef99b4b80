"""Making bundles: data set, splits, fit, metrics, card. Reads patients with the readers that scoring uses."""
