/** `createHash` and `createHmac` of `node:crypto`: keys for deduplication are often made so. */
import { hmac } from '@noble/hashes/hmac';
import { md5, sha1 } from '@noble/hashes/legacy';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2';
import { Buffer } from 'buffer';
import { codedError } from './coded-error';

const ALGORITHMS = new Map(Object.entries({ md5, sha1, sha224, sha256, sha384, sha512 }));

/** Bytes of one call: more than any record has, and few enough for a moment's work. */
const MAX_BYTES = 1024 * 1024;

/** A digest that is being made, of the package that makes it. */
interface Running {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): Running;
}

/** Node's class `Hash`, and `Hmac`, which differs in name alone. */
class Hash {
  readonly #running: Running;
  #isFinal = false;

  constructor(running: Running) {
    this.#running = running;
  }

  update(data: unknown, encoding?: unknown): this {
    this.#assertOpen();
    this.#running.update(bytesOf(data, encoding, 'data'));
    return this;
  }

  /** @returns a `Buffer`, or a text in the encoding */
  digest(encoding?: unknown): unknown {
    this.#assertOpen();
    this.#isFinal = true;
    const bytes = Buffer.from(this.#running.digest());
    return encoding === undefined || encoding === 'buffer' ? bytes : textOf(bytes, String(encoding));
  }

  copy(): Hash {
    this.#assertOpen();
    return new Hash(this.#running.clone());
  }

  #assertOpen(): void {
    if (this.#isFinal) throw codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  }
}

function textOf(bytes: Buffer, encoding: string): string {
  if (encoding !== 'base64url') return bytes.toString(encoding as BufferEncoding);
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(data: unknown, encoding: unknown, name: 'data' | 'key'): Uint8Array {
  const bytes =
    typeof data === 'string'
      ? Buffer.from(data, encoding === undefined ? 'utf8' : (String(encoding) as BufferEncoding))
      : ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : null;
  if (bytes === null) {
    const message = `The "${name}" argument must be of type string or an instance of Buffer, TypedArray, or DataView`;
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
  }
  if (bytes.length > MAX_BYTES)
    throw new RangeError(`a call hashes at most ${MAX_BYTES} bytes here; it was given ${bytes.length}`);
  return bytes;
}

function algorithmNamed(name: unknown): typeof sha256 | undefined {
  return ALGORITHMS.get(String(name).toLowerCase().replace('sha-', 'sha'));
}

export function createHash(name: unknown): Hash {
  const algorithm = algorithmNamed(name);
  if (algorithm === undefined)
    throw new Error(`Digest method not supported; here are ${[...ALGORITHMS.keys()].join(', ')}`);
  return new Hash(algorithm.create());
}

export function createHmac(name: unknown, key: unknown): Hash {
  const algorithm = algorithmNamed(name);
  if (algorithm === undefined)
    throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${String(name)}`);
  return new Hash(hmac.create(algorithm, bytesOf(key, undefined, 'key')));
}

/** What programs can reach of it. */
export const hashObjects: readonly object[] = [Hash, createHash, createHmac];
