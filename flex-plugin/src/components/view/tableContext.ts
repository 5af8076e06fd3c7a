import * as React from 'react';

/** Whether a component stands in a table whose arrow keys reach what the Tab key does not. */
export const TableContext = React.createContext(false);
