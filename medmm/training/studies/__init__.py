"""Questions beside the findings that a card answers about real films."""
