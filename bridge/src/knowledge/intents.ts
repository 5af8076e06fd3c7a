export const detectIntent = (t: string) => ({ intent: (/person|agent|担当/.test(t) ? 'handoff' : 'other') as 'handoff' | 'greeting' | 'thanks' | 'goodbye' | 'solved' | 'other', confidence: 1 });
