-- Records, search and imports. A statement ends with a semicolon at the end of a line.

