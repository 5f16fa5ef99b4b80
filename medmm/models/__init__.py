"""Networks and their identity: encoders, fusion, the multimodal net, bundles. No preprocessing, no patient files."""
