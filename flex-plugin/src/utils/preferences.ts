import { Manager } from '@twilio/flex-ui';

/** Most characters of one preference; more is not kept. */
const MAX_LENGTH = 20_000;

const itemOf = (name: string) => `flexcord-${name}:${Manager.getInstance().user.identity}`;

/** What this agent chose in this browser; undefined where they chose nothing, or it cannot be read any more. */
export function readPreference<Value>(name: string, isValid: (value: unknown) => value is Value) {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(itemOf(name)) ?? 'null');
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what this agent chose, in this browser; undefined forgets it. */
export function keepPreference(name: string, value: unknown): void {
  try {
    const written = JSON.stringify(value);
    if (written === undefined) localStorage.removeItem(itemOf(name));
    else if (written.length <= MAX_LENGTH) localStorage.setItem(itemOf(name), written);
  } catch (error) {
    // Without room, or where the browser allows no storage, the choice lasts until the view is left.
    console.warn('plugin-flexcord: a preference cannot be kept', error);
  }
}
