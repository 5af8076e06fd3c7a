import type { StringSet } from '../../../../types/feature-loader.ts';
import enUs from './en-us.json';
import ja from './ja.json';

export const stringHook = (): StringSet => ({ 'en-us': enUs, ja });
