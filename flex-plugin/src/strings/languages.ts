/**
 * The languages of the plugin, each under its language tag; a regional one is written with an underscore (`pt_br`).
 * The plugin's bundle takes `plugin.json` of each; in the files of views and desk the build takes `views.json` and `desk.json`.
 */
export { default as de } from './de/plugin.json';
export { default as en } from './en/plugin.json';
export { default as ja } from './ja/plugin.json';
