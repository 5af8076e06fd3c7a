import { invalid } from './errors.ts';
import type { Call } from './http.ts';

export interface PageOptions {
  /** Largest PageSize; a larger one is refused. */
  max?: number;
}

const DEFAULT_PAGE_SIZE = 50;

/**
 * One page of a list with Twilio's `meta` object. `url` is the list's own address, without query.
 * https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information
 */
export function paged<Item>(
  call: Call,
  key: string,
  url: string,
  items: readonly Item[],
  toJson: (item: Item) => unknown,
  { max = 1000 }: PageOptions = {},
): Record<string, unknown> {
  const size = Number(call.query.get('PageSize') ?? Math.min(DEFAULT_PAGE_SIZE, max));
  if (!Number.isInteger(size) || size < 1 || size > max) throw invalid(`PageSize must be from 1 to ${max}`);
  const page = Number(call.query.get('Page') ?? 0);
  if (!Number.isInteger(page) || page < 0) throw invalid('Page must be 0 or more');
  const address = (number: number): string => {
    const query = new URLSearchParams(call.query);
    query.delete('PageToken');
    query.set('PageSize', String(size));
    query.set('Page', String(number));
    // Twilio pages by token; a token that says where the page starts is enough here.
    if (number > 0) query.set('PageToken', `PA${number}`);
    return `${url}?${query}`;
  };
  const rest = items.length > (page + 1) * size;
  return {
    [key]: items.slice(page * size, (page + 1) * size).map(toJson),
    meta: {
      page,
      page_size: size,
      first_page_url: address(0),
      previous_page_url: page > 0 ? address(page - 1) : null,
      url: address(page),
      next_page_url: rest ? address(page + 1) : null,
      key,
    },
  };
}
