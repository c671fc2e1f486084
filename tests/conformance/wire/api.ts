/** One version of one request of Kafka's protocol, with its answer. */
import { flexible, struct, type Codec, type Fields, type FieldValues } from './codec';

export interface Api<Request, Response> {
  readonly name: string;
  readonly key: number;
  readonly version: number;
  /** Whether headers and structs end with tagged fields. */
  readonly isFlexible: boolean;
  readonly request: Codec<Request>;
  readonly response: Codec<Response>;
}

export function api<Q extends Fields, A extends Fields>(
  name: string,
  key: number,
  version: number,
  request: Q,
  response: A,
): Api<FieldValues<Q>, FieldValues<A>> {
  return { name, key, version, isFlexible: false, request: struct(request), response: struct(response) };
}

export function flexibleApi<Q extends Fields, A extends Fields>(
  name: string,
  key: number,
  version: number,
  request: Q,
  response: A,
): Api<FieldValues<Q>, FieldValues<A>> {
  return { name, key, version, isFlexible: true, request: flexible(request), response: flexible(response) };
}
