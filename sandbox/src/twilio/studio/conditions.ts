type Predicate = (input: string, value: string) => boolean;

const equal = (input: string, value: string) => input === value;
const listed = (input: string, value: string) => value.split(',').some((part) => part.trim() === input);
const blank = (input: string) => input === '';
const whole = (input: string, value: string) => new RegExp(`^(?:${value})$`, 'i').test(input);

/** Numbers only: anything else is neither less nor greater. */
const numbers = (compare: (a: number, b: number) => boolean): Predicate => {
  return (input, value) => input !== '' && value !== '' && compare(Number(input), Number(value));
};

/** Times (HH:MM) and dates (YYYY-MM-DD), which sort as text. */
const moments = (shape: RegExp, compare: (a: string, b: string) => boolean): Predicate => {
  return (input, value) => shape.test(input) && shape.test(value) && compare(input, value);
};
const time = /^\d\d:\d\d$/;
const date = /^\d{4}-\d\d-\d\d$/;

const not = (predicate: Predicate): Predicate => {
  return (input, value) => !predicate(input, value);
};
const contains: Predicate = (input, value) => input.includes(value);
const startsWith: Predicate = (input, value) => input.startsWith(value);

const predicates = new Map<string, Predicate>([
  ['equal_to', equal],
  ['not_equal_to', not(equal)],
  ['matches_any_of', listed],
  ['does_not_match_any_of', not(listed)],
  ['is_blank', blank],
  ['is_not_blank', not(blank)],
  ['contains', contains],
  ['does_not_contain', not(contains)],
  ['starts_with', startsWith],
  ['does_not_start_with', not(startsWith)],
  ['less_than', numbers((a, b) => a < b)],
  ['greater_than', numbers((a, b) => a > b)],
  ['is_before_time', moments(time, (a, b) => a < b)],
  ['is_after_time', moments(time, (a, b) => a > b)],
  ['is_before_date', moments(date, (a, b) => a < b)],
  ['is_after_date', moments(date, (a, b) => a > b)],
]);

export const conditionTypes = [...predicates.keys(), 'regex'];

/**
 * The comparisons of split-based-on: without regard to case and to white space at both ends; an expression must match all of the input.
 * https://www.twilio.com/docs/studio/widget-library/split-based-on#predicate-definitions
 */
export function holds(type: string, input: string, value: string): boolean {
  if (type === 'regex') return whole(input.trim(), value.trim());
  const predicate = predicates.get(type);
  return predicate?.(input.trim().toLowerCase(), value.trim().toLowerCase()) ?? false;
}
