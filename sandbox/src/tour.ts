import { GatewayIntentBits } from 'discord-api-types/v10';
import { startFeedServer } from './feed-server.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';
import { playVirtualAgent } from './tour/assistant.ts';
import { playCommunity } from './tour/community.ts';
import { playConversation } from './tour/conversation.ts';
import { playForum } from './tour/forum.ts';

/** Every way in which a conversation can reach an agent. */
const ROUTING_SCENARIOS: { title: string; options: SandboxOptions }[] = [
  {
    title: 'Studio routes; Send to Flex takes its webhook away',
    options: { routing: 'studio', variants: { studioWebhookSurvives: false } },
  },
  {
    title: 'Studio routes; its webhook stays',
    options: { routing: 'studio', variants: { studioWebhookSurvives: true } },
  },
  { title: 'the bridge routes by itself', options: { routing: 'bridge' } },
];

/** Plays every scenario without a browser and prints each step with its time. Returns whether all steps succeeded. */
export async function tour(): Promise<boolean> {
  const began = performance.now();
  for (const { title, options } of ROUTING_SCENARIOS) {
    if (!(await playScenario(title, options, (sandbox) => playConversation(sandbox, report)))) return false;
  }
  for (const language of ['en', 'ja'] as const) {
    const options: SandboxOptions = { routing: 'bridge', env: { AGENT_LANGUAGE: language } };
    const title = `the virtual agent, ${language}`;
    if (!(await playScenario(title, options, (sandbox) => playVirtualAgent(sandbox, language, report))))
      return false;
  }
  for (const language of ['en', 'ja'] as const) {
    const options: SandboxOptions = {
      routing: 'bridge',
      env: { AGENT_LANGUAGE: language },
      grantedIntents: GatewayIntentBits.MessageContent,
    };
    const title = `support in public, ${language}`;
    if (!(await playScenario(title, options, (sandbox) => playForum(sandbox, language, report))))
      return false;
  }
  const feed = startFeedServer();
  const options: SandboxOptions = { routing: 'bridge', env: { FEEDS: feed.url, FEED_INTERVAL_MS: '200' } };
  const succeeded = await playScenario('the community', options, (sandbox) =>
    playCommunity(sandbox, feed, report),
  );
  await feed.stop();
  if (succeeded) console.log(`\nThe whole tour took ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return succeeded;
}

async function playScenario(
  title: string,
  options: SandboxOptions,
  play: (sandbox: Sandbox) => Promise<void>,
): Promise<boolean> {
  console.log(`\n${title}`);
  let sandbox: Sandbox | undefined;
  try {
    const started = performance.now();
    // Ten messages would take Discord's real bucket ten seconds.
    sandbox = await startSandbox({ ...options, messageRate: { limit: 20, windowMs: 1000 } });
    report('both clouds and the bridge are up', started);
    await play(sandbox);
    return true;
  } catch (error) {
    console.log(`  ✗ ${error instanceof Error ? error.message : error}`);
    console.log(sandbox?.bridge.output().slice(-15).join('\n') ?? '');
    return false;
  } finally {
    await sandbox?.stop();
  }
}

function report(title: string, began: number): void {
  console.log(
    `  ✓ ${title.padEnd(76)} ${Math.round(performance.now() - began)
      .toString()
      .padStart(6)} ms`,
  );
}
