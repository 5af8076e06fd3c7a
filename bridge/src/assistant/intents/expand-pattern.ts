// biome-ignore-all lint/style/noNonNullAssertion: places within the lists they come from
/** Sentences of one pattern; more teach nothing new and take time. */
const MAX_EXPANSIONS = 32;
/** Steps through all combinations so that few of them are still spread evenly (the golden section). */
const GOLDEN_STEP = (Math.sqrt(5) - 1) / 2;

/** The texts of an example set: one a line, or parted by ` | `. */
export function linesOf(text: string): string[] {
  return text
    .split(/\n| \| /)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The sentences of a pattern: `(talk|speak) to (a person|)` stands for four. Long lists are sampled, always alike. */
export function expandPattern(pattern: string): string[] {
  const parts = pattern.split(/\(([^)]*)\)/).map((part, at) => (at % 2 === 0 ? [part] : part.split('|')));
  const count = parts.reduce((product, { length }) => product * length, 1);
  const most = Math.min(count, MAX_EXPANSIONS);
  const sentences = new Set<string>();
  for (let number = 0; number < most; number++) {
    let rest = count <= MAX_EXPANSIONS ? number : Math.floor(((number * GOLDEN_STEP) % 1) * count);
    const chosen = parts.map((part) => {
      const choice = part[rest % part.length]!;
      rest = Math.floor(rest / part.length);
      return choice;
    });
    sentences.add(chosen.join('').replace(/ {2,}/g, ' ').trim());
  }
  return [...sentences];
}
