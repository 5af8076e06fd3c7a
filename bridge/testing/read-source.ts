/** Reads a source in a process of its own that may be killed in it. Arguments: its id, how long a claim of it lasts in milliseconds, and the options of the store as JSON. */
import { collect } from '../src/knowledge/sources/collect.ts';
import { readSource } from '../src/knowledge/sources/read-source.ts';
import { openStore } from '../src/store/open.ts';

const [, , id, claimMs, options = '{}'] = process.argv;
const store = await openStore({ ...JSON.parse(options), beside: true });
await readSource(
  Number(id),
  { store, collect, paceMs: 0, logins: { zendesk: '', intercom: '' }, claimMs: Number(claimMs) },
  {},
  new AbortController().signal,
);
await store.close();
