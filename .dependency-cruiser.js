/**
 * The walls of the house, checked by `bun run check:walls`; docs/architecture.md says what each room is for.
 * A room of the bridge imports rooms of lower floors only: none above it, none beside it. Type imports count.
 */
const floors = [
  ['main.ts', 'provision.ts', 'kb.ts'],
  ['wiring'],
  ['config', 'ops'],
  ['discord', 'twilio', 'panel'],
  ['support', 'community', 'webhooks'],
  ['assistant'],
  ['cases', 'knowledge'],
  ['members', 'guilds'],
  ['messages', 'net'],
  ['texts'],
  ['relay'],
  ['store'],
];

/** What only some places may import, by the pattern that their paths match. */
const only = {
  'discord.js': '^bridge/(src/(discord|wiring)|testing)/',
  twilio: '^(bridge/(src/twilio|testing)|sandbox)/',
  'bun:sqlite': '^bridge/(src/store|testing)/',
};

const at = (rooms) => `^bridge/src/(${rooms.join('|')})`;
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    forbid('no-circles', {}, { circular: true }),
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
    ...Object.entries(only).map(([library, place]) =>
      forbid(
        `${library}-in-its-room`,
        { path: '^(bridge|shared|sandbox)/', pathNot: place },
        { path: `(^|/)${library}(/|$)` },
      ),
    ),
    forbid('shared-stands-alone', { path: '^shared/' }, { path: '^(bridge|sandbox|bench|flex-plugin)/' }),
    forbid(
      'nothing-real-needs-the-sandbox',
      { path: '^(bridge/src|flex-plugin/src)/', pathNot: '\\.test\\.ts$' },
      { path: '^(sandbox|bench)/' },
    ),
    forbid('plugin-and-bridge-share-only-the-contract', { path: '^flex-plugin/src/' }, { path: '^bridge/' }),
    forbid(
      'features-of-the-plugin-are-apart',
      { path: '^flex-plugin/src/feature-library/([^/]+)/' },
      { path: '^flex-plugin/src/feature-library/[^/]+/', pathNot: '^flex-plugin/src/feature-library/$1/' },
    ),
    forbid(
      'what-features-share-knows-none',
      { path: '^flex-plugin/src/(components|hooks|utils)/' },
      { path: '^flex-plugin/src/feature-library/[^/]+/' },
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
