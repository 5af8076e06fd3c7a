import type { DiscordUser } from '@flexcord/sandbox/src/discord/index.ts';
import type { Clouds } from './clouds.ts';

export type Direction = 'member → agent' | 'agent → member';
export const directions: readonly Direction[] = ['member → agent', 'agent → member'];

/** A member and the conversation in which an agent answers. */
export interface Chat {
  member: DiscordUser;
  conversationSid: string;
}

/** How one message fared: milliseconds from the cloud that it was written in to the other, by one clock. */
type Delivered = (ms: number) => void;

/** About as long as messages in support chats are. */
const WORDS = 'is the number of my order and the parcel has still not arrived, can you look where it is?';

/** Writes numbered messages on either side and hears them arrive on the other. */
export class Traffic {
  /** Messages that arrived although they were not under way: twice, or after they were given up. */
  strays = 0;
  lastDelivery = 0;
  #sent = 0;
  #underWay = new Map<number, { at: number; delivered?: Delivered }>();

  constructor(private readonly clouds: Clouds) {
    clouds.twilio.on('message', ({ source, change, body }) => {
      if (source === 'api' && change === 'added') this.#hear(body ?? '');
    });
    clouds.discord.on('message', ({ message }) => {
      if (message.author.bot) this.#hear(message.content);
    });
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  send(direction: Direction, { member, conversationSid }: Chat, delivered?: Delivered): void {
    this.#sent += 1;
    const body = `N${this.#sent} ${WORDS}`;
    this.#underWay.set(this.#sent, { at: performance.now(), delivered });
    if (direction === 'member → agent') member.dm(body);
    else this.clouds.agent.send(conversationSid, body);
  }

  /** Resolves when everything has arrived, or when nothing has for `timeoutMs`; what is missing then is given up. */
  async settled(timeoutMs: number): Promise<{ missing: number }> {
    let since = performance.now();
    for (let left = this.underWay; left > 0; ) {
      await Bun.sleep(10);
      if (this.underWay !== left) since = performance.now();
      else if (performance.now() - since > timeoutMs) break;
      left = this.underWay;
    }
    const missing = this.underWay;
    this.#underWay.clear();
    return { missing };
  }

  #hear(text: string): void {
    const number = Number(text.match(/\bN(\d+) is the number/)?.[1]);
    if (!number) return;
    const message = this.#underWay.get(number);
    if (!message) {
      this.strays += 1;
      return;
    }
    this.#underWay.delete(number);
    this.lastDelivery = performance.now();
    message.delivered?.(this.lastDelivery - message.at);
  }
}
