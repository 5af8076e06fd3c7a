/**
 * The languages of the plugin, each under its language tag; a regional one is written with an underscore (`pt_br`).
 * The plugin's bundle takes `plugin.json` of each; in the file of the desk the build takes `desk.json`. `views.json` is loaded by itself, in one language.
 */
export { default as de } from './de/plugin.json';
export { default as en } from './en/plugin.json';
export { default as ja } from './ja/plugin.json';
