"""How anything is drawn: colours, classes, charts, the map on screen, the map on paper."""
