import type { Desk } from './desk.ts';
import type { Views } from './view.ts';

/** What the files of the plugin hold that the bridge serves, by name. */
export interface PluginFiles {
  views: Views;
  desk: Desk;
}
