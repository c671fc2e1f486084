/**
 * A provider of card payments: `POST /charges` with `{"order": id, "cents": amount}` charges the card and answers 201. It
 * honours `Idempotency-Key`; without a key each request is a charge of its own.
 */
import type { HttpAnswer, HttpHandler, HttpRequest } from './http-service';
import { parseBody } from './parse-body';

export const cardPayments: HttpHandler & { readonly urlVariable: string } = {
  name: 'payments',
  urlVariable: 'PAYMENTS_URL',
  honoursKeys: true,
  handle: charge,
};

function charge({ method, path, body }: HttpRequest): HttpAnswer {
  if (path !== '/charges') return { status: 404, body: `nothing at ${path}`, applied: null };
  if (method !== 'POST') return { status: 405, body: `${method} is not allowed here`, applied: null };
  const request = parseBody(body);
  const cents = request?.['cents'];
  if (typeof request?.['order'] !== 'string' || typeof cents !== 'number' || !Number.isInteger(cents) || cents <= 0)
    return { status: 400, body: 'the body has to be {"order": id, "cents": amount}', applied: null };
  return { status: 201, body: JSON.stringify({ charged: request['order'], cents }), applied: request['order'] };
}
