/** Reads a source of the store that FLEXCORD_TEST_STORE describes, in a process of its own that may be killed in it. */
import { collect } from '../src/knowledge/sources/collect.ts';
import { readSource } from '../src/knowledge/sources/read-source.ts';
import { openStore } from '../src/store/open.ts';

const store = await openStore({ ...JSON.parse(process.env.FLEXCORD_TEST_STORE ?? '{}'), beside: true });
await readSource(
  Number(process.argv[2]),
  { store, collect, paceMs: 0, logins: { zendesk: '', intercom: '' }, claimMs: Number(process.argv[3]) },
  {},
  new AbortController().signal,
);
await store.close();
