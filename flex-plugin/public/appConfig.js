// Read by the Flex plugin scripts; the real values come from the Flex configuration.
