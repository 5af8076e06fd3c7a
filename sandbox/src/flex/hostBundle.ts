import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dir, '../../..');
/** Flex UI and its React 17 are the plugin's dependencies; the sandbox's own pages run on another React. */
const pluginFolder = join(root, 'flex-plugin');

const entry = `
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import * as Redux from 'redux';
import * as ReactRedux from 'react-redux';
Object.assign(window, { React, ReactDOM, Redux, ReactRedux });
const Flex = require('@twilio/flex-ui');
window.Twilio = { ...window.Twilio, Flex };
`;

/** Flex's npm package is made for a bundler that gives it Node's `process`. */
const banner = `window.process = window.process || { env: { NODE_ENV: 'production' }, cwd: () => '/', browser: true,
  nextTick: (call, ...values) => queueMicrotask(() => call(...values)), version: '', versions: {}, platform: 'browser', argv: [] };`;

/**
 * Makes the stand-alone Flex UI out of its npm package, once a version, and returns the file's path. What Twilio's CDN
 * serves as `twilio-flex.min.js` is not on npm. About 32 MB and some seconds; kept under node_modules/.cache.
 */
export async function flexHostBundle(): Promise<string> {
  const manifest = await Bun.file(join(pluginFolder, 'node_modules/@twilio/flex-ui/package.json')).json();
  const { version } = manifest as { version: string };
  const file = join(root, 'node_modules/.cache/flexcord', `flex-ui-${version}.js`);
  if (existsSync(file)) return file;
  await mkdir(dirname(file), { recursive: true });
  // Two processes may build at once: each writes its own file, the rename is atomic.
  const unfinished = `${file}.${process.pid}`;
  await build({
    stdin: { contents: entry, resolveDir: pluginFolder, loader: 'js' },
    bundle: true,
    format: 'iife',
    outfile: unfinished,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    banner: { js: banner },
  });
  await rename(unfinished, file);
  return file;
}
