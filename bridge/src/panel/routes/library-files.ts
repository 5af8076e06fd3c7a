import { ImportMapping, ImportQuery, ImportReport } from '@flexcord/shared/panel/library';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Elysia } from 'elysia';
import { ImportError } from '../../knowledge/import/records.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { Problem, refusals } from '../problem.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Articles in and out as a spreadsheet. What reads and writes files is loaded when it is first needed: it takes much memory. */
export function libraryFileRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, library, agentName } = dependencies;

  return new Elysia({ name: 'panel-library-files' })
    .use(auth)
    .post(
      panelRoutes.libraryImport,
      async ({ query, caller, request }) => {
        requireSupervisor(caller);
        const bytes = new Uint8Array(await request.arrayBuffer());
        const editor = { identity: caller.identity, name: await agentName(caller.identity) };
        const { dryRun, language, status, withdrawGone } = query;
        const mapping = mappingIn(query.columns);
        const [{ importArticles }, { openSpreadsheet }] = await Promise.all([
          import('../../knowledge/import/import-articles.ts'),
          import('../../knowledge/import/import-source.ts'),
        ]);
        try {
          const report = await importArticles(
            store,
            openSpreadsheet(query.name, bytes, mapping),
            { dryRun: dryRun === 'true', language, status, withdrawGone: withdrawGone === 'true' },
            editor,
          );
          await library.refresh();
          return report;
        } catch (error) {
          if (!(error instanceof ImportError)) throw error;
          const { message, columns } = error;
          throw new Problem('invalid', message, columns.length > 0 ? { columns } : {});
        }
      },
      {
        parse: 'none',
        query: ImportQuery,
        response: { 200: ImportReport, 422: PanelProblem, ...refusals },
        detail: {
          summary: 'Imports a spreadsheet, or says what that would do; supervisors',
          description:
            'The body is the CSV or XLSX file itself, at most 10 MB. With `dryRun` the answer is a preview: what the columns were taken for, and what would change. Where no column is known as a title, the refusal names them in `columns`.',
          tags: ['Library'],
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        },
      },
    )
    .get(
      panelRoutes.libraryExport,
      async ({ query: { format } }) => {
        const [{ articlesToWrite }, { writeCsv }, { writeXlsx }] = await Promise.all([
          import('../../knowledge/import/export.ts'),
          import('../../knowledge/import/csv.ts'),
          import('../../knowledge/import/xlsx.ts'),
        ]);
        const articles = articlesToWrite(store);
        return new Response(format === 'csv' ? streamOf(writeCsv(articles)) : await writeXlsx(articles), {
          headers: {
            'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : XLSX,
            'content-disposition': `attachment; filename="articles.${format}"`,
            'cache-control': 'no-store',
          },
        });
      },
      {
        query: Type.Object({ format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]) }),
        detail: { summary: 'Every article that is not deleted, as a spreadsheet', tags: ['Library'] },
      },
    );
}

function mappingIn(given: string | undefined): ImportMapping {
  if (given === undefined) return {};
  let mapping: unknown;
  try {
    mapping = JSON.parse(given);
  } catch {
    // Refused below.
  }
  if (!Value.Check(ImportMapping, mapping))
    throw new Problem(
      'invalid',
      '"columns" is not right: it is an object in JSON from names of columns to fields of an article, or null.',
    );
  return mapping;
}

function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void chunks.return(undefined),
  });
}
