/** A site whose pages a test changes, with a sitemap, entity tags and robots.txt. */
export function startChangingSite() {
  const pages = new Map<string, { title: string; words: string }>();
  /** Answers in place of a page: a status, an address to go to, or JSON. */
  const others = new Map<string, number | string | ((request: Request) => unknown)>();
  const asked: { path: string; status: number }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const { pathname, search } = new URL(request.url);
      const response = answer(request, pathname);
      asked.push({ path: pathname + search, status: response.status });
      return response;
    },
  });
  const origin = `http://127.0.0.1:${server.port}`;

  function answer(request: Request, path: string): Response {
    const other = others.get(path);
    if (typeof other === 'number') return new Response('', { status: other });
    if (typeof other === 'string') return Response.redirect(other);
    if (other) return Response.json(other(request));
    if (path === '/robots.txt') return new Response('User-agent: *\nDisallow: /closed');
    if (path === '/sitemap.xml')
      return new Response(
        `<urlset>${[...pages.keys(), ...listed].map((page) => `<url><loc>${page.startsWith('/') ? origin + page : page}</loc>${changed.has(page) ? `<lastmod>${changed.get(page)}</lastmod>` : ''}</url>`).join('')}</urlset>`,
        { headers: { 'content-type': 'application/xml' } },
      );
    const page = pages.get(path);
    if (!page) return new Response('', { status: 404 });
    const etag = `"${Bun.hash(JSON.stringify(page)).toString(36)}"`;
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304 });
    return new Response(
      `<!doctype html><html lang="en"><body><main><h1>${page.title}</h1><p>${page.words} ${'Close the tear with short stitches. '.repeat(6)}</p></main></body></html>`,
      { headers: { 'content-type': 'text/html; charset=utf-8', etag } },
    );
  }

  /** When the sitemap says that pages were changed. */
  const changed = new Map<string, string>();
  /** In the sitemap beside the pages. */
  const listed: string[] = [];
  return {
    origin,
    pages,
    others,
    listed,
    changed,
    /** What was asked for since the last call, with the status of the answer. */
    asked: () => asked.splice(0),
    stop: () => server.stop(true),
  };
}
