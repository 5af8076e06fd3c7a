/** A text with every run of white space, line ends included, as one space, and none at either end. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
