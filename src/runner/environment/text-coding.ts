/** UTF-8 and base64, for realms that have neither `TextEncoder` nor `atob`. */
import { Buffer } from 'buffer';
import { DOMException } from './abort';

export class TextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array {
    return new Uint8Array(Buffer.from(String(text), 'utf8'));
  }
}

export class TextDecoder {
  readonly #isFatal: boolean;
  readonly #keepsMark: boolean;

  constructor(label: unknown = 'utf-8', options: { readonly fatal?: boolean; readonly ignoreBOM?: boolean } = {}) {
    if (!/^(?:utf-?8|unicode-1-1-utf-8)$/i.test(String(label)))
      throw new RangeError(`The "${String(label)}" encoding is not supported`);
    this.#isFatal = options.fatal === true;
    this.#keepsMark = options.ignoreBOM === true;
  }

  get encoding(): string {
    return 'utf-8';
  }

  decode(input?: ArrayBuffer | ArrayBufferView): string {
    if (input === undefined) return '';
    const bytes = ArrayBuffer.isView(input)
      ? Buffer.from(input.buffer as ArrayBuffer, input.byteOffset, input.byteLength)
      : Buffer.from(input);
    const text = bytes.toString('utf8');
    if (this.#isFatal && !Buffer.from(text, 'utf8').equals(bytes)) {
      throw new TypeError('The encoded data was not valid for encoding utf-8');
    }
    return text.startsWith('\uFEFF') && !this.#keepsMark ? text.slice(1) : text;
  }
}

export function btoa(text: unknown): string {
  const source = String(text);
  for (let i = 0; i < source.length; i += 1) {
    if (source.charCodeAt(i) > 255) throw new DOMException('Invalid character', 'InvalidCharacterError');
  }
  return Buffer.from(source, 'latin1').toString('base64');
}

export function atob(text: unknown): string {
  const source = String(text).replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(source) || source.replace(/=+$/, '').length % 4 === 1) {
    throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  return Buffer.from(source, 'base64').toString('latin1');
}
