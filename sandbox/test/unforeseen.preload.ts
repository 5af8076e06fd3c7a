/**
 * Preloaded into a bridge: what SIGUSR2 lets happen in it is said by UNFORESEEN. `error` and `rejection` are caught by nobody;
 * `lost-network` ends its connection to the gateway the way that Bun once did, with an event of an error that has no error.
 */
const sockets = new Set<WebSocket>();
class KnownWebSocket extends WebSocket {
  constructor(...given: ConstructorParameters<typeof WebSocket>) {
    super(...given);
    sockets.add(this);
  }
}
globalThis.WebSocket = KnownWebSocket as typeof WebSocket;

function loseNetwork(): void {
  for (const socket of sockets) {
    // Where a listener throws, the engine reports it as it would there.
    setTimeout(() => socket.onerror?.(new Event('error')), 0);
    setTimeout(() => socket.close(), 0);
    sockets.delete(socket);
  }
}

process.on('SIGUSR2', () => {
  if (process.env.UNFORESEEN === 'lost-network') loseNetwork();
  else if (process.env.UNFORESEEN === 'rejection') void Promise.reject(new Error('nobody waits for this'));
  else
    setTimeout(() => {
      throw new Error('nobody foresaw this');
    }, 0);
});
