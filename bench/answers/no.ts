import { createVirtualAgent } from '@flexcord/bridge/assistant/virtual-agent';
import { sampleFolder } from '@flexcord/bridge/knowledge/import/sample-articles';
import { createKnowledge } from '@flexcord/bridge/knowledge/knowledge';
import { loadFolder } from '@flexcord/bridge/testing/load-folder';
import { asked } from '@flexcord/bridge/testing/sample-questions';
import { refusals } from './messages.ts';
const knowledge = createKnowledge();
knowledge.put(await loadFolder(sampleFolder));
await knowledge.ready();
const agent = createVirtualAgent(knowledge);
for (const language of ['en','ja'] as const) {
  const member = { name: 'Ada', locale: language };
  const questions = asked[language].trim().split('\n').flatMap((line) => (line.split(': ')[1]??'').split('; '));
  const bad: Record<string, string[]> = {};
  for (const text of questions) {
    const first = agent.reply(text, member, []);
    if (first.turn?.said !== 'answer') continue;
    const related = new Set(knowledge.search(text, { language, limit: 6 }).map(({ article }) => article.id));
    for (const no of refusals[language]) {
      const r = agent.reply(no, member, [first.turn]);
      const next = r.turn?.articles ?? [];
      if (next.some(id=>first.turn!.articles.includes(id))) (bad['SAME '+no]??=[]).push(text);
      else if (next.some((id) => !related.has(id))) (bad[no] ??= []).push(`${text} -> ${r.turn?.question}: ${r.notice.is} ${next}`);
    }
  }
  for (const [no, list] of Object.entries(bad)) console.log(list.length, no, '|', list.slice(0,2).join(' | '));
}
