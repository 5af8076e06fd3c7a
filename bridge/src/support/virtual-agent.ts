import { detectIntent } from '../knowledge/intents/detect.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Notice } from './notices.ts';

/** What the support conversation asks of the virtual agent. Both calls are quick and do no I/O. */
export interface VirtualAgent {
  wantsPerson(text: string): boolean;
  /** True for a question or a trouble, false for a greeting, thanks, or nothing but a wish for a person. */
  isMatter(text: string): boolean;
  /** Words that end a talk and ask for nothing. */
  isFarewell(text: string): boolean;
  /** What to say to `text`. Never invents: without a good article it says so. */
  reply(text: string, member: { name: string; locale: string | null }): Notice;
}

export function createVirtualAgent(knowledge: Knowledge): VirtualAgent {
  return {
    isMatter: (text) => detectIntent(text) === 'other' && text.trim() !== '',

    wantsPerson: (text) => detectIntent(text) === 'handoff',

    isFarewell: (text) => ['thanks', 'goodbye', 'solved'].includes(detectIntent(text)),

    reply(text, member) {
      switch (detectIntent(text)) {
        case 'greeting':
          return { is: 'greeting', name: member.name };
        case 'thanks':
        case 'goodbye':
        case 'solved':
          return { is: 'welcome' };
      }
      const language = member.locale?.startsWith('ja') ? 'ja' : 'en';
      const answer = knowledge.ask(text, { language });
      if (answer.kind === 'none') return { is: 'no-answer' };
      return {
        is: 'articles',
        sure: answer.kind === 'answer',
        articles: answer.hits.map(({ article, extract }) => ({
          id: article.id,
          title: article.title,
          extract,
          ...(article.url ? { url: article.url } : {}),
        })),
      };
    },
  };
}
