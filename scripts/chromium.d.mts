/** Path of a Chromium, installed now if need be; ends the process with instructions where it cannot be. */
export function ensureChromium(): string;
/** Path of a Chromium, or null. */
export function findChromium(): string | null;
