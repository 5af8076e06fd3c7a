type Predicate = (input: string, value: string) => boolean;

const list = (value: string) => value.split(',').map((part) => part.trim());
const ordered = (compare: (a: number, b: number) => boolean): Predicate => {
  return (input, value) => input.trim() !== '' && compare(Number(input), Number(value));
};

/**
 * The comparisons of split-based-on: https://www.twilio.com/docs/studio/widget-library/split-based-on
 * Whether Studio compares without regard to case is unverified; here it does regard it, so that a flow must not rely on either.
 * Studio's four comparisons of dates and times are left out.
 */
export const predicates = new Map<string, Predicate>([
  ['equal_to', (input, value) => input === value],
  ['not_equal_to', (input, value) => input !== value],
  ['matches_any_of', (input, value) => list(value).includes(input.trim())],
  ['does_not_match_any_of', (input, value) => !list(value).includes(input.trim())],
  ['contains', (input, value) => input.includes(value)],
  ['does_not_contain', (input, value) => !input.includes(value)],
  ['starts_with', (input, value) => input.startsWith(value)],
  ['does_not_start_with', (input, value) => !input.startsWith(value)],
  ['less_than', ordered((a, b) => a < b)],
  ['greater_than', ordered((a, b) => a > b)],
  ['is_blank', (input) => input.trim() === ''],
  ['is_not_blank', (input) => input.trim() !== ''],
  ['regex', (input, value) => new RegExp(value).test(input)],
]);
