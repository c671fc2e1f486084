/**
 * A provider of mail: `POST /mails` with `{"order": id, "text": …}` sends a mail and answers 202. It honours
 * `Idempotency-Key`, as such providers do; without a key it sends whatever it is asked to, also a second time.
 */
import type { HttpAnswer, HttpHandler, HttpRequest } from './http-service';
import { parseBody } from './parse-body';

export const mailer: HttpHandler & { readonly urlVariable: string } = {
  name: 'mailer',
  urlVariable: 'MAILER_URL',
  honoursKeys: true,
  handle: sendMail,
};

function sendMail({ method, path, body }: HttpRequest): HttpAnswer {
  if (path !== '/mails') return { status: 404, body: `nothing at ${path}`, applied: null };
  if (method !== 'POST') return { status: 405, body: `${method} is not allowed here`, applied: null };
  const mail = parseBody(body);
  if (typeof mail?.['order'] !== 'string' || typeof mail['text'] !== 'string')
    return { status: 400, body: 'the body has to be {"order": id, "text": text}', applied: null };
  return { status: 202, body: JSON.stringify({ accepted: mail['order'] }), applied: mail['order'] };
}
