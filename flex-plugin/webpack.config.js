const fs = require('node:fs');
const { execFileSync } = require('node:child_process');
const path = require('node:path');

/**
 * Three changes to the configuration of @twilio/flex-plugin-scripts:
 * the sources of @flexcord/shared are TypeScript and lie outside of this folder, so Babel is told to read them;
 * types are checked by `bun run check` with the workspace's TypeScript, because the one these scripts can load
 * (4.x) does not understand the `.ts` import paths and TypeBox types of the shared package.
 * Views and desk are built first, into files of their own that the bridge serves; the bundle carries their integrity values.
 * And one to keep the bundle small: Paste carries six themes, a colour contrast checker, an animation library and a
 * library that measures text areas. Flex has a light and a dark theme (Paste's `default` and `dark`), browsers measure
 * text areas themselves, and nothing the plugin shows asks for the rest.
 */
const themes = '@twilio-paste/design-tokens/dist/themes';
const unusedThemes = ['sendgrid', 'evergreen', 'twilio', 'twilio-dark'];

module.exports = (config) => {
  const shared = fs.realpathSync(path.join(__dirname, '..', 'shared', 'src'));
  const babel = config.module.rules
    .find((rule) => rule.oneOf)
    .oneOf.find((rule) => rule.loader?.includes('babel-loader'));
  babel.include = [].concat(babel.include, shared);
  config.plugins = config.plugins.filter(
    (plugin) => plugin.constructor.name !== 'ForkTsCheckerWebpackPlugin',
  );
  const integrities = execFileSync('bun', [path.join(__dirname, 'build-views.ts')], {
    encoding: 'utf8',
  }).trim();
  const constants = config.plugins.find((plugin) => plugin.constructor.name === 'DefinePlugin');
  constants.definitions.FLEXCORD_FILES = integrities;
  config.resolve.alias = {
    ...config.resolve.alias,
    // Webpack 4 does not read the `exports` of a package.json.
    '@flexcord/shared': path.join(__dirname, 'node_modules/@flexcord/shared/src'),
    '@twilio-paste/color-contrast-utils$': path.join(__dirname, 'stubs/paste/contrast-check.js'),
    '@twilio-paste/animation-library$': path.join(__dirname, 'stubs/paste/animation.js'),
    '@twilio-paste/react-textarea-autosize-library$': path.join(
      __dirname,
      'stubs/paste/textarea-autosize.js',
    ),
    '@twilio-paste/design-tokens/dist/tokens.raw.json': path.join(__dirname, 'stubs/paste/raw-tokens.json'),
    ...Object.fromEntries(
      ['tokens.es6', 'tokens.common'].flatMap((file) =>
        unusedThemes.map((theme) => [`${themes}/${theme}/${file}`, `${themes}/dark/${file}`]),
      ),
    ),
  };
  return config;
};
