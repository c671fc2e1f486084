import type * as Preset from '@docusaurus/preset-classic';
import type { Config } from '@docusaurus/types';
import type { PrismTheme } from 'prism-react-renderer';

/** Colours come from `src/css/tokens.css`, so that one theme serves both schemes. */
const codeTheme: PrismTheme = {
  plain: { color: 'var(--ink)', backgroundColor: 'var(--code-ground)' },
  styles: [
    { types: ['comment', 'prolog'], style: { color: 'var(--syntax-comment)' } },
    { types: ['string', 'template-string', 'char', 'regex'], style: { color: 'var(--syntax-string)' } },
    { types: ['keyword', 'builtin', 'boolean', 'operator-keyword'], style: { color: 'var(--syntax-keyword)' } },
    { types: ['number', 'constant'], style: { color: 'var(--syntax-number)' } },
    { types: ['class-name', 'property', 'attr-name', 'key'], style: { color: 'var(--syntax-name)' } },
    { types: ['inserted'], style: { color: 'var(--pass)' } },
    { types: ['deleted'], style: { color: 'var(--fault)' } },
  ],
};

const config: Config = {
  title: 'Exactly Once?',
  tagline: 'Write a consumer. Watch it lose an order.',
  favicon: 'favicon.svg',
  url: process.env.SITE_URL ?? 'http://localhost:3000',
  baseUrl: process.env.SITE_BASE_URL ?? '/',
  trailingSlash: true,

  future: { v4: true, faster: true },
  // The same in both languages, so that the choice of light or dark goes with the reader.
  storage: { namespace: 'exactly-once' },

  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  markdown: {
    hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' },
  },

  i18n: {
    defaultLocale: 'en',
    locales: ['en', 'ru'],
    localeConfigs: {
      en: { label: 'English', htmlLang: 'en' },
      ru: { label: 'Русский', htmlLang: 'ru' },
    },
  },

  presets: [
    [
      'classic',
      {
        docs: { path: 'docs', routeBasePath: 'lessons', sidebarPath: './sidebars.ts', breadcrumbs: true },
        blog: false,
        sitemap: {
          changefreq: null,
          priority: null,
          ignorePatterns: ['/search/**', '/ru/search/**', '/gallery/**', '/ru/gallery/**'],
        },
        theme: { customCss: ['./src/css/tokens.css', './src/css/fonts.css', './src/css/site.css'] },
      } satisfies Preset.Options,
    ],
  ],

  plugins: [
    './plugins/course/index.mjs',
    './plugins/comparison/index.mjs',
    './plugins/reference/index.mjs',
    './plugins/early-input/index.mjs',
    './plugins/search-words/index.mjs',
    './plugins/llms-txt/index.mjs',
    './plugins/page-pictures/index.mjs',
  ],

  headTags: [
    {
      tagName: 'link',
      attributes: { rel: 'manifest', href: `${process.env.SITE_BASE_URL ?? '/'}manifest.webmanifest` },
    },
    {
      tagName: 'meta',
      attributes: { name: 'theme-color', content: '#fbfaf7', media: '(prefers-color-scheme: light)' },
    },
    { tagName: 'meta', attributes: { name: 'theme-color', content: '#13161b', media: '(prefers-color-scheme: dark)' } },
  ],

  themes: [
    [
      '@easyops-cn/docusaurus-search-local',
      {
        // A content hash in the file name, not in a query string.
        hashed: 'filename',
        language: ['en', 'ru'],
        indexBlog: false,
        // The playground and the progress; the gallery shows parts of lessons side by side.
        indexPages: true,
        ignoreFiles: ['gallery'],
        docsRouteBasePath: '/lessons',
        highlightSearchTermsOnTargetPage: false,
        explicitSearchResultPath: true,
        // Events of runs say the same on every page; what is searched for is what the lesson says.
        ignoreCssSelectors: '[data-no-search]',
      },
    ],
  ],

  clientModules: ['./src/components/last-lesson/remember-lesson.ts', './src/components/lab/open-lab-link.ts'],

  themeConfig: {
    // What a chat shows of a link to any page but a lesson: the first page, in the language of the link.
    image: `og-${process.env.DOCUSAURUS_CURRENT_LOCALE === 'ru' ? 'ru' : 'en'}.png`,
    colorMode: { respectPrefersColorScheme: true },
    docs: { sidebar: { hideable: false } },
    tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    navbar: {
      title: 'Exactly Once?',
      items: [
        { type: 'docSidebar', sidebarId: 'course', position: 'left', label: 'Course' },
        { type: 'docSidebar', sidebarId: 'reference', position: 'left', label: 'Reference' },
        { to: '/playground/', position: 'left', label: 'Playground' },
        { to: '/progress/', position: 'left', label: 'Progress' },
        { type: 'search', position: 'right' },
        { type: 'custom-languageSwitch', position: 'right' },
      ],
    },
    footer: {
      style: 'light',
      copyright: 'Apache Kafka is a trademark of the Apache Software Foundation, which does not endorse this course.',
    },
    prism: { theme: codeTheme, darkTheme: codeTheme },
  } satisfies Preset.ThemeConfig,
};

export default config;
