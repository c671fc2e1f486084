/** A program in a link: what distinguishes it from the starter, compressed, with checksums of both. */
import { checksum, packText, unpackText } from './packed-text';

/** A program of a lab is smaller than this; a link that unpacks to more is none of ours. */
const CODE_BYTES_MAX = 200_000;

const FORMAT = '1';

/** What a link says of a program that it cannot give: written by another version, for another starter, or damaged. */
export type LinkProblem = 'newer-format' | 'other-starter' | 'damaged';

export type DecodedCode =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problem: LinkProblem };

export function encodeCode(code: string, starter: string): string {
  return [FORMAT, checksum(starter), checksum(code), packText(code, starter)].join('.');
}

export function decodeCode(text: string, starter: string): DecodedCode {
  const [format, ofStarter, ofCode, data = ''] = text.split('.', 4);
  if (format !== FORMAT) return { ok: false, problem: /^\d+$/.test(format ?? '') ? 'newer-format' : 'damaged' };
  if (ofStarter !== checksum(starter)) return { ok: false, problem: 'other-starter' };
  const unpacked = unpackText(data, starter, CODE_BYTES_MAX);
  // No program is too large for a link, so what unpacks to more was never one.
  if (!unpacked.ok || checksum(unpacked.text) !== ofCode) return { ok: false, problem: 'damaged' };
  return { ok: true, code: unpacked.text };
}
