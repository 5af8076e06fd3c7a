import { Elysia, t } from 'elysia';
import { type Served, serve } from '../core/serve.ts';
import type { Sandbox } from '../sandbox.ts';
import page from './index.html';
import type { AgentTask, MemberMessage, TranscriptMessage, View } from './view.ts';

/** One member and one agent of a sandbox, on a page. */
export function serveDemo(sandbox: Sandbox, options: { port: number }): Served {
  const { discord, twilio } = sandbox;
  const guild = discord.createGuild({ name: 'Lantern Isles' });
  const member = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(member);
  const agent = twilio.createAgent({ identity: 'kim', fullName: 'Kim', roles: ['agent'] });

  const listeners = new Set<(view: View) => void>();
  const reply: View['member']['reply'] = null;
  const chosen: string | null = null;
  let scheduled = false;

  /** Changes come in bursts; one view is sent for each. */
  function changed(): void {
    if (scheduled) return;
    scheduled = true;
    setTimeout(() => {
      scheduled = false;
      const view = compose();
      for (const listener of listeners) listener(view);
    }, 15);
  }
  for (const event of ['message', 'messageUpdate', 'messageDelete', 'typing', 'interaction'] as const)
    discord.on(event, changed);
  for (const event of ['message', 'reservation', 'task'] as const) twilio.on(event, changed);

  function compose(): View {
    return {
      member: { name: 'Ada', messages: member.inbox().map(memberMessage), reply, botTyping: false },
      agent: {
        name: 'Kim',
        tasks: agent.reservations().map(agentTask),
        transcript: chosen ? agent.transcript(chosen).map(transcriptMessage) : [],
        conversationSid: chosen,
      },
    };
  }
}
