import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Elysia, t } from 'elysia';
import { Problem } from '../problem.ts';

/** Where `bun run build:plugin` leaves the plugin's files. */
const BUILT = join(import.meta.dir, '../../../../flex-plugin/build');
export const VIEWS_FILE = join(BUILT, 'flexcord-views.js');
/** A file of one version never changes. */
const CACHE_FOREVER = 'public, max-age=31536000, immutable';

interface PluginFile {
  changedMs: number;
  /** As in `<script integrity>` (https://www.w3.org/TR/SRI/). */
  integrity: string;
  plain: Uint8Array<ArrayBuffer>;
  gzipped: Uint8Array<ArrayBuffer>;
}

/**
 * The scripts of the plugin that are not loaded at log-in, for everybody: they hold no secret, and a `<script>` carries no
 * token. Each is read again when it was built again.
 */
export const viewRoutes = (folder = BUILT) =>
  new Elysia({ name: 'panel-views' })
    .use(
      scriptRoute(panelRoutes.views, join(folder, 'flexcord-views.js'), 'The script of the plugin’s views'),
    )
    .use(scriptRoute(panelRoutes.desk, join(folder, 'flexcord-desk.js'), 'The script of the agent’s desk'))
    .use(textsRoute(join(folder, 'views')));

/** Whether a path is of what everybody may load. */
export const isPluginFile = (path: string): boolean =>
  path === panelRoutes.views || path === panelRoutes.desk || path.startsWith(panelRoutes.viewTexts(''));

/** Reads what was built, again when it was built again. */
function createReader() {
  const all = new Map<string, PluginFile>();

  async function read(file: string): Promise<PluginFile> {
    const known = all.get(file);
    const changedMs = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (changedMs === null) {
      throw new Problem(
        'not-found',
        'This bridge has no views of the plugin. Run “bun run build:plugin” where it runs.',
      );
    }
    if (known?.changedMs === changedMs) return known;
    const plain = await Bun.file(file).bytes();
    const integrity = `sha256-${createHash('sha256').update(plain).digest('base64')}`;
    const read = { changedMs, integrity, plain, gzipped: Bun.gzipSync(plain) };
    all.set(file, read);
    return read;
  }

  /** The response with a file: of the version `v`, its integrity value, where that is given. */
  return async function answer(
    file: string,
    type: string,
    v: string | undefined,
    accepted = '',
  ): Promise<Response> {
    const { integrity, plain, gzipped } = await read(file);
    if (v !== undefined && v !== integrity) {
      throw new Problem(
        'not-found',
        'This bridge has the views of another version of the plugin. Build and deploy both from the same version.',
      );
    }
    const mayZip = /\bgzip\b/.test(accepted);
    return new Response(mayZip ? gzipped : plain, {
      headers: {
        'content-type': type,
        'cache-control': v === undefined ? 'no-cache' : CACHE_FOREVER,
        vary: 'accept-encoding, origin',
        ...(mayZip ? { 'content-encoding': 'gzip' } : {}),
      },
    });
  };
}

const query = t.Object({ v: t.Optional(t.String({ maxLength: 100 })) });
const detailOf = (summary: string) => ({
  summary,
  description: 'Public. With `v`, its integrity value, it may be kept forever; 404 where it has another one.',
  tags: ['Plugin'],
  security: [],
});

function scriptRoute(route: string, file: string, summary: string) {
  const answer = createReader();
  return new Elysia().get(
    route,
    ({ query: { v }, headers }) =>
      answer(file, 'text/javascript; charset=utf-8', v, headers['accept-encoding']),
    { query, detail: detailOf(summary) },
  );
}

function textsRoute(folder: string) {
  const answer = createReader();
  return new Elysia().get(
    panelRoutes.viewTexts(':language'),
    ({ params, query: { v }, headers }) =>
      answer(join(folder, `${params.language}.json`), 'application/json', v, headers['accept-encoding']),
    {
      // As folders of languages are named, so that it leads nowhere else.
      params: t.Object({ language: t.String({ pattern: '^[a-z]{2,3}(_[a-z0-9]{2,8})*$' }) }),
      query,
      detail: detailOf('The texts of the views in a language'),
    },
  );
}
