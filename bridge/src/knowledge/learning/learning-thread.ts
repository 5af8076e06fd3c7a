import { join } from 'node:path';
import { FLEXCORD_VERSION } from '@flexcord/shared/version';
import type { Logger } from 'pino';
import { calibrate } from '../search/confidence.ts';
import { crossValidate, type TrainingDocument } from '../search/cross-validation.ts';
import { rank } from '../search/ranking.ts';
import { textsToEmbed } from '../search/semantic/texts-to-embed.ts';
import type { Vector } from '../search/semantic/vector.ts';
import type { PackedWords } from '../search/word-index.ts';
import { japaneseDictionary } from '../text/japanese.ts';
import { words } from '../text/terms.ts';
import { type LearnedLanguage, learnLanguage } from './learn-language.ts';
import { readLearned } from './learned-file.ts';
import { type Learner, LearningError, type LearningJob } from './learner.ts';
import { trainQuestionModel } from './question-model.ts';
import { runInSlices } from './time-slices.ts';
import { fitVectorizer } from './vectorizer.ts';

/** What the thread is told: some of the documents, and with the last of them to begin. */
export type ToThread =
  | { documents: readonly TrainingDocument[]; vectors: LearningJob['vectors'] }
  | { learn: { path: string; dictionary: boolean } };

/** What it tells. `kept`: whether what was learned was written for the next start. */
export type FromThread = { words: PackedWords } | { learned: LearnedLanguage; kept: boolean };

export interface LearningThreadOptions {
  /** Where what was learned is kept for the next start. */
  folder: string;
  logger: Logger;
  /** What the thread runs. */
  script?: URL;
  /** How long it is kept for more to learn, in milliseconds: it holds some tens of megabytes. */
  idleMs?: number;
  /** The longest that it may take to learn one language, in milliseconds. */
  limitMs?: number;
  /** How many times as long as learning took it then rests. */
  restFactor?: number;
}

export interface LearningThread extends Learner {
  stop(): void;
}

const DOCUMENTS_PER_MESSAGE = 50;
const IDLE_MS = 20_000;
const LIMIT_MS = 900_000;
/** However much changes, learning takes a fifth of a processor at most. What changes is found by its words at once. */
const REST_FACTOR = 4;
const MAX_REST_MS = 300_000;
/** Fewer changes wait for others. What they change is found at once, and only how sure an answer is may be a little off. */
const WORTH_SHARE = 0.01;
const MAX_WAIT_MS = 600_000;
const LOOK_MS = 500;

/**
 * Learns in a thread of its own, which is made when there is something to learn that no file has. One that dies is made again
 * once.
 */
export function createLearningThread(options: LearningThreadOptions): LearningThread {
  const { folder, logger, idleMs = IDLE_MS, limitMs = LIMIT_MS, restFactor = REST_FACTOR } = options;
  const script = options.script ?? new URL('./learning-worker.ts', import.meta.url);
  let thread: Worker | null = null;
  let idle: Timer | undefined;
  let stopped = false;
  let fail: (error: LearningError) => void = () => {};
  let last: Promise<unknown> = Promise.resolve();
  let restsUntil = 0;

  function end(): void {
    clearTimeout(idle);
    thread?.terminate();
    thread = null;
  }

  async function learn(job: LearningJob): Promise<LearnedLanguage> {
    const path = join(folder, `knowledge-${job.language}-${await runInSlices(keyOf(job))}.bin`);
    const known = await readLearned<LearnedLanguage>(path);
    if (known) return known;
    try {
      return await learnAside(job, path);
    } catch (error) {
      if (!(error instanceof LearningError) || error.why === 'stopped') throw error;
      logger.warn({ err: error }, 'the thread that learns articles died; it is started again');
      return await learnAside(job, path);
    }
  }

  async function learnAside(job: LearningJob, path: string): Promise<LearnedLanguage> {
    if (stopped) throw new LearningError('the bridge ends', 'stopped');
    const begin = performance.now();
    clearTimeout(idle);
    const { promise, resolve, reject } = Promise.withResolvers<LearnedLanguage>();
    fail = (error) => {
      end();
      reject(error);
    };
    // It may fail while it is still being told what to learn.
    promise.catch(() => {});
    thread ??= new Worker(script);
    const own = thread;
    own.onmessage = ({ data }: MessageEvent<FromThread>) => {
      if ('words' in data) return job.onWords(data.words);
      if (!data.kept)
        logger.warn('what was learned of articles could not be stored; the next start learns it again');
      resolve(data.learned);
    };
    own.onerror = ({ message }) => fail(new LearningError(`learning articles failed: ${message}`, 'died'));
    own.addEventListener('close', () => {
      if (thread === own) fail(new LearningError('the thread that learns articles ended', 'died'));
    });
    const tell = (message: ToThread) => own.postMessage(message);
    for (let from = 0; from < job.documents.length; from += DOCUMENTS_PER_MESSAGE) {
      const documents = job.documents.slice(from, from + DOCUMENTS_PER_MESSAGE);
      tell({ documents, vectors: vectorsFor(documents, job.vectors) });
      await Bun.sleep(0);
    }
    tell({ learn: { path, dictionary: japaneseDictionary() !== null } });
    const limit = setTimeout(
      () => fail(new LearningError('learning articles took too long', 'died')),
      limitMs,
    );
    const learned = await promise.finally(() => clearTimeout(limit));
    const took = performance.now() - begin;
    restsUntil = performance.now() + Math.min(MAX_REST_MS, took * restFactor);
    idle = setTimeout(end, idleMs);
    idle.unref();
    return learned;
  }

  return {
    async worth(changes, articles) {
      const begin = performance.now();
      for (;;) {
        const now = performance.now();
        const isMuch = changes() >= WORTH_SHARE * articles || now - begin > MAX_WAIT_MS;
        if (stopped || (isMuch && now >= restsUntil)) return;
        await pause(LOOK_MS);
      }
    },
    /** One language after another. */
    learn(job) {
      const next = last.then(() => learn(job));
      last = next.catch(() => {});
      return next;
    },
    stop() {
      stopped = true;
      fail(new LearningError('the bridge ends', 'stopped'));
      end();
    },
  };
}

/** A process that has nothing else to do does not wait for it. */
const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });

function vectorsFor(documents: readonly TrainingDocument[], vectors: LearningJob['vectors']) {
  const some = new Map<string, Vector>();
  for (const text of vectors.size > 0 ? documents.flatMap(textsToEmbed) : []) {
    const vector = vectors.get(text);
    if (vector) some.set(text, vector);
  }
  return some;
}

/** What tells one way of learning from another: the version, and in a checkout the code. */
const HOW = [
  FLEXCORD_VERSION,
  Bun.version,
  ...[learnLanguage, trainQuestionModel, crossValidate, calibrate, rank, fitVectorizer, words].map(String),
].join('\n');

/** The same for the same documents, learned in the same way. */
function* keyOf({ documents, vectors }: LearningJob): Generator<void, string> {
  const hash = new Bun.CryptoHasher('sha256').update(HOW).update(String(japaneseDictionary() !== null));
  for (const document of documents) {
    hash.update(JSON.stringify(document));
    for (const text of vectors.size > 0 ? textsToEmbed(document) : []) {
      const vector = vectors.get(text);
      if (vector) hash.update(vector.steps);
    }
    yield;
  }
  return hash.digest('hex').slice(0, 32);
}
