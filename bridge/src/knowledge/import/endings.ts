/** Names of files of Markdown, MDX and HTML. */
export const ENDINGS = /\.(?:mdx?|markdown|mdown|mkdn?|x?html?)$/i;
export const HTML_ENDINGS = /\.x?html?$/i;
