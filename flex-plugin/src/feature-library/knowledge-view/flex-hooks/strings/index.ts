import type { StringSet } from '../../../../types/feature-loader.ts';
import enUs from './en-us.json';
import ja from './ja.json';

/** Part of the views file, not of the plugin's bundle. */
export const stringHook = (): StringSet => ({ 'en-us': enUs, ja });
