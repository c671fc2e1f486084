/** Texts in links: compressed against a text that both ends have, written in letters that an address can hold. */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

/** Bytes that are unpacked at a stroke. A byte of packed zeros unpacks to a thousand, so this bounds what is too much. */
const STROKE_BYTES = 1024;

export type Unpacked =
  | { readonly ok: true; readonly text: string }
  /** `too-large`: it is more than was said to be possible, and was not unpacked any further. */
  | { readonly ok: false; readonly problem: 'damaged' | 'too-large' };

export function packText(text: string, dictionary: string): string {
  return toBase64Url(deflateSync(strToU8(text), { level: 9, dictionary: strToU8(dictionary) }));
}

/**
 * The other way round.
 * @param bytesMax of the text; what is longer is refused before it takes room or time
 */
export function unpackText(packed: string, dictionary: string, bytesMax: number): Unpacked {
  // Four letters are three bytes, and what cannot be compressed grows a little.
  if (packed.length > bytesMax * 1.5 + STROKE_BYTES) return { ok: false, problem: 'too-large' };
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const inflate = new Inflate({ dictionary: strToU8(dictionary) }, (part, isLast) => {
    parts.push(part);
    size += part.length;
    isWhole ||= isLast;
  });
  try {
    const bytes = fromBase64Url(packed);
    for (let from = 0; from < bytes.length && size <= bytesMax; from += STROKE_BYTES)
      inflate.push(bytes.subarray(from, from + STROKE_BYTES), from + STROKE_BYTES >= bytes.length);
    if (size > bytesMax) return { ok: false, problem: 'too-large' };
    if (!isWhole) return { ok: false, problem: 'damaged' };
    return { ok: true, text: strFromU8(joined(parts, size)) };
  } catch {
    // Whatever unpacking stumbles over, the reader is told that the text is damaged.
    return { ok: false, problem: 'damaged' };
  }
}

/** Tells texts apart that are not the same; four characters are enough to notice a mistake. */
export function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return ((hash >>> 0) % 36 ** 4).toString(36).padStart(4, '0');
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}
