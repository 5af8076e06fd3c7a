/** Names of files of Markdown and MDX. */
export const ENDINGS = /\.(?:mdx?|markdown|mdown|mkdn?)$/i;
