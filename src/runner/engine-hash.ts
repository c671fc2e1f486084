/** The engine bundle carries its own hash in its last line, so that whoever holds the text can say what it is. */

export function markEngine(code: string, hash: string): string {
  return `${code.trimEnd()}\n//engine ${hash}\n`;
}

/** @returns the hash in the last line, or an empty text when there is none */
export function engineHash(code: string): string {
  return /\n\/\/engine ([0-9a-f]{12})\n$/.exec(code.slice(-40))?.[1] ?? '';
}
