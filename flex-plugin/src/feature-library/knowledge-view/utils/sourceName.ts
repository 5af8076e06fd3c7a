import { text } from '../../../utils/strings.ts';

/** The name of an article's source; the host of a site is its own name. */
export function sourceName(source: string): string {
  const known = ['panel', 'sample', 'markdown', 'spreadsheet', 'zendesk', 'intercom'];
  return known.includes(source) ? text(`FlexcordKbSource_${source}`) : source;
}
