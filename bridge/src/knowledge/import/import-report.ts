import type { ArticleStatus, ImportReport } from '@flexcord/shared/panel/library';
import type { Checked } from './check-record.ts';

/** Of each kind, so that a report stays readable; the numbers are whole. */
const MAX_NOTES = 10_000;
const MAX_CHANGES = 50;

type Notes = 'skipped' | 'broken' | 'withdrawn' | 'gone' | 'proposed';

/** The report of an import, as it is filled. */
export function createImportReport(dryRun: boolean) {
  const report: ImportReport = {
    dryRun,
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: [],
    broken: [],
    withdrawn: [],
    gone: [],
    proposed: [],
    columns: [],
    changes: [],
  };
  return {
    report,
    note(list: Notes, where: string, reason: string): void {
      if (report[list].length < MAX_NOTES) report[list].push({ where, reason });
    },
    noteChange(is: 'create' | 'update', { id, content, where }: Checked, status: ArticleStatus): void {
      const done = is === 'create' ? 'created' : 'updated';
      report[done] += 1;
      const { title, language } = content;
      if (report.changes.length < MAX_CHANGES)
        report.changes.push({ is: done, id, title, language, status, where });
    },
  };
}
