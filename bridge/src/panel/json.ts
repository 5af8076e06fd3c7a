import { Problem } from './problem.ts';

/** The contract nests four deep; whoever looks for a fault in a body takes the square of its depth. */
const MAX_DEPTH = 32;
/** An array of 2,000 numbers is the longest thing that the contract knows. */
const MAX_VALUES = 20_000;

/** A JSON text as a value. Depth and size are counted before anything is parsed. @throws Problem where it is not acceptable */
export function boundedJson(text: string): unknown {
  const fault = faultOf(text);
  if (fault) throw new Problem('invalid', `The request cannot be read: ${fault}.`);
  try {
    return /toString|\\u/.test(text) ? JSON.parse(text, refuseToString) : JSON.parse(text);
  } catch {
    throw new Problem(
      'invalid',
      'The request cannot be read. It must be JSON in the form that the API describes.',
    );
  }
}

/** Elysia fails on an object with it, where it says what does not fit, and the contract has no such name. */
function refuseToString(name: string, value: unknown): unknown {
  if (name === 'toString') throw new TypeError('a name that is not one of the contract');
  return value;
}

function faultOf(text: string): string | null {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '[' || sign === '{') {
      depth += 1;
      values += 1;
      if (depth > MAX_DEPTH) return `it nests more than ${MAX_DEPTH} deep`;
    } else if (sign === ']' || sign === '}') depth -= 1;
    else if (sign === ',') values += 1;
    if (values > MAX_VALUES) return `it holds more than ${MAX_VALUES} values`;
  }
  return null;
}
