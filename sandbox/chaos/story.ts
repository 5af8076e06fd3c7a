import type { Book, Direction } from './book.ts';
import type { Rates } from './catalogue.ts';
import { ASKING, type Pair, type People } from './people.ts';
import type { Random } from './random.ts';

const OK = 'ok';
/** Texts that several messages share. */
export const IDENTICAL: ReadonlySet<string> = new Set([OK, ASKING]);

const DIRECTIONS = ['to-agent', 'to-member'] as const;
/** How long a member waits for a person before they ask again. */
const ANSWER_TIMEOUT_MS = 10_000;
const TICK_MS = 20;

/** What people write, in which proportion, and when; all of it from the seed but for the instant. */
export function createStory(people: People, book: Book, rates: Rates, random: Random) {
  const timers = new Set<Timer>();
  const later = (ms: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  const plain = () => [people.someWords(2 + random.whole(8))];
  const long = (direction: Direction) =>
    // A member's may have 2,000 characters; an agent's becomes several on Discord.
    Array.from({ length: direction === 'to-agent' ? 6 : 16 }, () => people.someWords(35));

  function writeOne(pair: Pair, direction: Direction): void {
    if (random.chance(rates.files)) {
      const words = random.chance(0.5) ? plain() : [];
      const files = direction === 'to-agent' && random.chance(0.3) ? 3 : 1;
      people.write(pair, direction, { words, files });
    } else {
      people.write(pair, direction, { words: random.chance(rates.long) ? long(direction) : plain() });
    }
  }

  function several(pair: Pair, direction: Direction, count: number, same?: string): void {
    for (let n = 0; n < count; n += 1)
      people.write(pair, direction, same === undefined ? { words: plain() } : { same });
  }

  /** Changes the very last message as fast as people can; nobody does two things in one millisecond. */
  function soon(pair: Pair, direction: Direction, what: 'edit' | 'remove'): void {
    later(random.between(2, 300), () => people.change(pair, direction, what, true));
  }

  /** The last words of a chat are still on their way when it ends, and the member goes on. */
  function endChat(pair: Pair): void {
    several(pair, 'to-agent', 3);
    people.write(pair, 'to-agent', { words: plain(), files: 1 });
    several(pair, 'to-agent', 2);
    if (random.chance(0.5)) soon(pair, 'to-agent', random.chance(0.5) ? 'edit' : 'remove');
    if (random.chance(0.5)) several(pair, 'to-member', 2);
    later(random.between(0, 300), () => {
      people.end(pair);
      several(pair, 'to-agent', 3);
    });
    later(random.between(300, 1500), () => people.ask(pair));
  }

  /** Some ask for a person in the next breath, others after a while: for them nothing else tells of their first words. */
  function arrive(): void {
    const pair = people.arrive();
    if (random.chance(0.5)) people.ask(pair);
    else later(random.between(500, 6000), () => people.ask(pair));
  }

  function act(): void {
    const pair = random.pick(people.pairs);
    const direction: Direction = random.pick(DIRECTIONS);
    if (random.chance(rates['first-words'])) return arrive();
    if (pair.threadId && !pair.chat) return;
    if (!pair.chat) {
      if (pair.askedAt && Date.now() - pair.askedAt > ANSWER_TIMEOUT_MS) return people.ask(pair);
      return writeOne(pair, 'to-agent');
    }
    // What members write in public after the team has gone is not for the team.
    if (!pair.threadId && random.chance(rates['chat-end'])) return endChat(pair);
    if (random.chance(rates.identical)) return several(pair, direction, 12, OK);
    if (random.chance(rates.burst)) {
      several(pair, direction, 1, OK);
      several(pair, direction, 60);
      return;
    }
    writeOne(pair, direction);
    // Half of the changes follow at once, and may overtake what they change.
    const change = random.chance(0.5) ? soon : people.change;
    if (random.chance(rates.edits)) {
      change(pair, direction, 'edit');
      if (random.chance(0.3)) soon(pair, direction, 'edit');
    }
    if (random.chance(rates.deletions)) change(pair, direction, 'remove');
  }

  return {
    /** Brings that many new people. */
    arrive(count: number): void {
      for (let n = 0; n < count; n += 1) arrive();
    },
    /** Lets that many of those who are there post in public as well. */
    post(count: number): void {
      for (const { member } of people.pairs.slice(0, count)) people.post(member);
    },
    /** Lets people write until there are `messages` more in the book, evenly over `seconds`. */
    async play(messages: number, seconds: number): Promise<void> {
      const [before, began] = [book.size(), performance.now()];
      for (;;) {
        const share = Math.min(1, (performance.now() - began) / (seconds * 1000));
        while (book.size() - before < messages * share) act();
        if (share === 1) break;
        await Bun.sleep(TICK_MS);
      }
      while (timers.size > 0) await Bun.sleep(TICK_MS);
    },
    /** Everybody whom `isUnheard` names writes again. Whoever was heard and waits for a person need not. */
    remind(isUnheard: (pair: Pair) => boolean): void {
      for (const pair of people.pairs) if (isUnheard(pair)) people.ask(pair);
    },
  };
}
