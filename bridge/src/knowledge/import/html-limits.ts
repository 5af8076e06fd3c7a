import { Parser } from 'htmlparser2';
import { ImportError } from './records.ts';

const MAX_ELEMENTS = 50_000;
/** Pages for people are seldom deeper than 40. */
const MAX_DEPTH = 128;
/** Of all elements together: what takes out the text of a page asks each for all that it stands in. */
const MAX_TOTAL_DEPTH = 500_000;
const MAX_ATTRIBUTES = 200;

/**
 * Refuses HTML that would take minutes or more to read; in time that grows with its length alone. It is read by the parser of
 * the document model, so that both see the same elements.
 * @throws ImportError
 */
export function checkSize(html: string): void {
  let elements = 0;
  let depth = 0;
  let totalDepth = 0;
  let attributes = 0;
  const parser = new Parser({
    onopentagname() {
      elements += 1;
      depth += 1;
      totalDepth += depth;
      attributes = 0;
      if (depth > MAX_DEPTH) throw new ImportError(`has elements more than ${MAX_DEPTH} deep in each other.`);
      if (elements > MAX_ELEMENTS) throw new ImportError(`has more than ${MAX_ELEMENTS} elements. Split it.`);
      if (totalDepth > MAX_TOTAL_DEPTH) throw new ImportError('has too many elements deep in each other.');
    },
    onattribute() {
      attributes += 1;
      if (attributes > MAX_ATTRIBUTES)
        throw new ImportError(`has an element with more than ${MAX_ATTRIBUTES} attributes.`);
    },
    onclosetag() {
      depth -= 1;
    },
  });
  parser.write(html);
  parser.end();
}
