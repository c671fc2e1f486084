/** A program in a link: what distinguishes it from the starter, compressed, with checksums of both. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';

/** A program of a lab is smaller than this; a link that unpacks to more is none of ours. */
const CODE_BYTES_MAX = 200_000;

const FORMAT = '1';

/** What a link says of a program that it cannot give: written by another version, for another starter, or damaged. */
export type LinkProblem = 'newer-format' | 'other-starter' | 'damaged';

export type DecodedCode =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problem: LinkProblem };

export function encodeCode(code: string, starter: string): string {
  const packed = deflateSync(strToU8(code), { level: 9, dictionary: strToU8(starter) });
  return [FORMAT, checksum(starter), checksum(code), toBase64Url(packed)].join('.');
}

export function decodeCode(text: string, starter: string): DecodedCode {
  const [format, ofStarter, ofCode, data = ''] = text.split('.');
  if (format !== FORMAT) return { ok: false, problem: /^\d+$/.test(format ?? '') ? 'newer-format' : 'damaged' };
  if (ofStarter !== checksum(starter)) return { ok: false, problem: 'other-starter' };
  try {
    const bytes = inflateSync(fromBase64Url(data), {
      dictionary: strToU8(starter),
      out: new Uint8Array(CODE_BYTES_MAX),
    });
    const code = strFromU8(bytes);
    return checksum(code) === ofCode ? { ok: true, code } : { ok: false, problem: 'damaged' };
  } catch {
    // Whatever unpacking stumbles over, the reader is told that the link is damaged.
    return { ok: false, problem: 'damaged' };
  }
}

/** Tells texts apart that are not the same; four characters are enough to notice a mistake. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return ((hash >>> 0) % 36 ** 4).toString(36).padStart(4, '0');
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}
