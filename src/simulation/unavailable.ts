/**
 * How a lab's world says that it has no such thing. One form for all of it, so that a verdict can tell what labs lack
 * from what the program has got wrong: a program that asks for it is no worse under Node.
 */
const MIDDLE = ' is not available in labs: ';

export interface Unavailable {
  /** What was asked for, e.g. `crypto.subtle`. */
  readonly what: string;
  /** Why there is none, or what to do instead. */
  readonly instead: string;
}

/** The message of the error that a program is given. */
export function unavailableMessage(what: string, instead: string): string {
  return `${what}${MIDDLE}${instead}`;
}

/** @returns null for a message about anything else; the name of the error before it is left out */
export function readUnavailable(message: string): Unavailable | null {
  const at = message.indexOf(MIDDLE);
  if (at < 0) return null;
  return { what: message.slice(0, at).replace(/^\w*[eE]rror: /, ''), instead: message.slice(at + MIDDLE.length) };
}
