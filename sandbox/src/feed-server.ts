/** An RSS feed on this machine, as a blog would serve it: with an ETag and 304 for a client that has it. */
export interface FeedServer {
  url: string;
  /** Puts a new item on top. */
  publish(item: { id: string; title: string; summary: string }): void;
  /** How often it was answered with the whole feed, and with 304. */
  readonly served: { whole: number; unchanged: number };
  stop(): Promise<void>;
}

export function startFeedServer(): FeedServer {
  const items: string[] = [];
  const served = { whole: 0, unchanged: 0 };
  const text = (words: string) => Bun.escapeHTML(words);
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch(request) {
      const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>Lantern Isles</title><link>http://127.0.0.1</link>${items.join('')}</channel></rss>`;
      const etag = `"${Bun.hash(body).toString(36)}"`;
      if (request.headers.get('if-none-match') === etag) {
        served.unchanged += 1;
        return new Response(null, { status: 304, headers: { etag } });
      }
      served.whole += 1;
      return new Response(body, { headers: { etag, 'content-type': 'application/rss+xml' } });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}/news.xml`,
    publish({ id, title, summary }) {
      const link = `https://lantern.example/news/${id}`;
      items.unshift(
        `<item><guid>${text(id)}</guid><title>${text(title)}</title><link>${link}</link><description>${text(summary)}</description></item>`,
      );
    },
    served,
    stop: () => server.stop(true),
  };
}
