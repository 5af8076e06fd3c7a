/**
 * The walls of the house, checked by `bun run check:walls`; docs/architecture.md says what each room is for.
 * A room of the bridge imports rooms of lower floors only: none above it, none beside it. Type imports count.
 */
const floors = [
  ['main.ts', 'provision.ts', 'doctor.ts', 'kb.ts', 'store.ts', 'member.ts', 'studio-flow.ts'],
  ['wiring', 'doctor', 'kb'],
  ['config', 'ops', 'privacy'],
  ['discord', 'twilio', 'panel'],
  ['support', 'forum', 'community', 'webhooks'],
  ['assistant', 'incidents'],
  ['cases', 'knowledge'],
  ['members', 'guilds', 'threads'],
  ['messages'],
  ['texts', 'net', 'formats'],
  ['relay'],
  ['store'],
  ['telemetry'],
];

/** The folders that the plugin's features share, lowest first. */
const pluginFloors = ['types', 'strings', 'utils', 'actions', 'hooks', 'components', 'view-loader'];

/** Libraries that one room alone may know. */
const only = {
  'discord.js': 'discord|wiring',
  twilio: 'twilio',
  'bun:sqlite': 'store',
  pg: 'store',
  'prom-client': 'telemetry|ops',
  '@opentelemetry/api': 'telemetry|ops',
};

const at = (rooms) => `^bridge/src/(${rooms.join('|')})(/|$)`;
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    forbid('no-circles', {}, { circular: true }),
    // A new folder of the bridge belongs on a floor, or it would be a way around all of them.
    forbid(
      'every-room-has-a-floor',
      {},
      { path: '^bridge/src/', pathNot: `${at(floors.flat())}|\\.test\\.ts$` },
    ),
    forbid(
      'nothing-real-needs-tests',
      { path: '^(bridge|shared|flex-plugin)/src/', pathNot: '\\.test\\.tsx?$' },
      { path: '^(bridge/testing|flex-plugin/test)/|\\.test\\.tsx?$' },
    ),
    ...floors.flatMap((rooms, floor) => {
      const above = floors.slice(0, floor).flat();
      return rooms.map((room) =>
        forbid(
          `${room}-imports-lower-floors-only`,
          { path: at([room]), pathNot: '\\.test\\.ts$' },
          { path: at([...above, ...rooms.filter((other) => other !== room)]) },
        ),
      );
    }),
    ...Object.entries(only).map(([library, rooms]) =>
      forbid(
        `${library}-in-its-room`,
        { path: '^bridge/src/', pathNot: `\\.test\\.ts$|^bridge/src/(${rooms})/` },
        { path: `^${library}$|/node_modules/${library}/` },
      ),
    ),
    forbid('shared-stands-alone', { path: '^shared/' }, { path: '^(bridge|sandbox|bench|flex-plugin)/' }),
    forbid(
      'nothing-real-needs-the-sandbox',
      { path: '^(bridge/src|flex-plugin/src)/', pathNot: '\\.test\\.ts$' },
      { path: '^(sandbox|bench)/' },
    ),
    forbid('plugin-and-bridge-share-only-the-contract', { path: '^flex-plugin/src/' }, { path: '^bridge/' }),
    // The plugin: its features are apart, and each folder that they share imports only those named before it.
    forbid(
      'features-of-the-plugin-are-apart',
      { path: '^flex-plugin/src/feature-library/([^/]+)/' },
      {
        path: '^flex-plugin/src/feature-library/[^/]+/',
        pathNot: '^flex-plugin/src/feature-library/$1/',
      },
    ),
    ...pluginFloors.map((folder, floor) =>
      forbid(
        `plugin-${folder}-imports-lower-floors-only`,
        { path: `^flex-plugin/src/${folder}/`, pathNot: '\\.test\\.ts$' },
        {
          path: `^flex-plugin/src/(${pluginFloors
            .slice(floor + 1)
            .concat('feature-library')
            .join('|')})/`,
        },
      ),
    ),
  ],
  options: {
    // TypeScript 7 has no stable API yet, and the swc parser sees type imports as well.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'flex-plugin/build/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
