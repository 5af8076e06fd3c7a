/** How often a line is printed where it cannot be replaced, in milliseconds. */
const PLAIN_MS = 10_000;

/** One line that is replaced as work goes on; plain lines, fewer of them, where the output is no terminal. */
export function createProgress(out: NodeJS.WriteStream) {
  let printedAt = Number.NEGATIVE_INFINITY;
  const clear = () => out.isTTY && out.write('\r\x1b[K');
  return {
    show(line: string): void {
      if (out.isTTY) {
        clear();
        out.write(line.slice(0, (out.columns ?? 80) - 1));
        return;
      }
      const now = performance.now();
      if (now - printedAt < PLAIN_MS) return;
      printedAt = now;
      out.write(`${line}\n`);
    },
    say(line: string): void {
      clear();
      out.write(`${line}\n`);
    },
    end: clear,
  };
}
