/** Opens the embedded store in the folder named by the first argument and holds it until killed. */
import { openStore } from '../src/store/open.ts';

await openStore({ dataDir: process.argv[2] ?? '' });
console.log('held');
setInterval(() => {}, 1000);
