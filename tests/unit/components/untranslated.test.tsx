/** No page of the course is untranslated; the notice is for the day on which one is. */
import * as React from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { isUntranslated } from '../../../src/components/untranslated/Untranslated';
import DocItemContent from '../../../src/theme/DocItem/Content';

const page = vi.hoisted(() => ({ locale: 'ru', source: '' }));
vi.mock('@docusaurus/useDocusaurusContext', () => ({
  default: () => ({ i18n: { currentLocale: page.locale, defaultLocale: 'en' } }),
}));
vi.mock('@docusaurus/plugin-content-docs/client', () => ({ useDoc: () => ({ metadata: { source: page.source } }) }));
vi.mock('@docusaurus/Translate', () => ({ default: ({ children }: { children: string }) => children }));
vi.mock('@theme-original/DocItem/Content', () => ({
  default: ({ children }: { children: React.ReactNode }) => React.createElement('article', null, children),
}));

vi.stubGlobal('React', React);

function render(locale: string, source: string): string {
  page.locale = locale;
  page.source = source;
  return renderToString(React.createElement(DocItemContent, null, 'text'));
}

const RUSSIAN = '@site/i18n/ru/docusaurus-plugin-content-docs/current/welcome.mdx';

describe('a page that is not translated', () => {
  test('says so above its text, and in which language that is', () => {
    const html = render('ru', '@site/docs/new-lesson.mdx');
    expect(html).toContain('not translated yet');
    expect(html.indexOf('not translated')).toBeLessThan(html.indexOf('text'));
    expect(html).toContain('<div lang="en"><article>text</article></div>');
  });

  test('is told from one that is, and from the original', () => {
    expect(render('ru', RUSSIAN)).toBe('<article>text</article>');
    expect(render('en', '@site/docs/welcome.mdx')).toBe('<article>text</article>');
  });

  test('is one of the reader’s own language only', () => {
    expect(isUntranslated(RUSSIAN, 'de', 'en')).toBe(true);
    expect(isUntranslated('@site/docs/welcome.mdx', 'en', 'en')).toBe(false);
  });
});
