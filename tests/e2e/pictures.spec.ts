/** What a chat shows of a link to a lesson: a picture of its own, in the language of the link. */
import { expect, test } from '@playwright/test';

for (const { prefix, id } of [
  { prefix: '', id: 'at-least-once' },
  { prefix: '/ru', id: 'at-least-once' },
  { prefix: '', id: 'practice/create-order' },
  { prefix: '/ru', id: 'reference/settings' },
]) {
  test(`the link ${prefix}/lessons/${id}/ has a picture`, async ({ request }) => {
    // As it is served: who draws a preview runs no scripts.
    const html = await (await request.get(`${prefix}/lessons/${id}/`)).text();
    const [, content] = /<meta[^>]*property="?og:image"?[^>]*content="?([^\s">]+)/.exec(html)!;
    const { protocol, pathname } = new URL(content!);
    expect(protocol).toMatch(/^https?:$/);
    expect(pathname).toBe(`${prefix}/og/${id}.png`);
    const response = await request.get(pathname);
    expect(response.status()).toBe(200);
    const png = await response.body();
    // Width and height stand in the first chunk of a PNG.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  });
}
