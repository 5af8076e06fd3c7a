import { text } from '../../../utils/strings.ts';

/** Where an article comes from, in words; the host of a site stands for itself. */
export function sourceName(source: string): string {
  const known = ['panel', 'sample', 'markdown', 'spreadsheet', 'zendesk', 'intercom'];
  return known.includes(source) ? text(`FlexcordKbSource_${source}`) : source;
}
