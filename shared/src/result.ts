/**
 * What became of something that can be refused, in one form everywhere: `is` is `done`, or the reason for which nothing
 * was changed. A lookup is no such thing: it returns what it found, or undefined. Only what nobody foresaw throws.
 */
export type Result<Done extends object, Refusal extends { is: string }> = ({ is: 'done' } & Done) | Refusal;
