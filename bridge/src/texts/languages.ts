/** The languages that people read. A new one is a folder like `en/` and a line here. */
export { de } from './de/index.ts';
export { en } from './en/index.ts';
export { ja } from './ja/index.ts';
