/**
 * Run with `clock-preload.ts`: prints how many hours the clock of another thread is off, before and after a step of the clock by
 * an hour.
 */
import { writeFileSync } from 'node:fs';

declare const self: Worker;

const HOUR_MS = 3600_000;

if (Bun.isMainThread) {
  const thread = new Worker(import.meta.path);
  const hoursOff = async () => {
    const answer = Promise.withResolvers<number>();
    thread.onmessage = ({ data }: MessageEvent<number>) => answer.resolve(data);
    thread.postMessage('');
    // Of both clocks only the monotonic one is left alone.
    return Math.round((await answer.promise) / HOUR_MS);
  };
  const before = await hoursOff();
  const offset = new Uint8Array(Float64Array.of(HOUR_MS).buffer);
  writeFileSync(process.env.FLEXCORD_CHAOS_CLOCK ?? '', offset, { flag: 'r+' });
  console.log(JSON.stringify([before, await hoursOff()]));
  thread.terminate();
} else {
  self.onmessage = () => self.postMessage(Date.now() - (performance.timeOrigin + performance.now()));
}
