/**
 * Monaco, bundled with the page: nothing is asked of another host. Imported only by the editor's own chunk.
 *
 * Version 0.57 bundles its language workers by itself but not the base worker, so both are named here.
 */
import { loader } from '@monaco-editor/react';
import clientTypes from '@course/client-types';
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import { environmentTypes } from './environment-types';
import { pgTypes } from './pg-types';

declare global {
  interface Window {
    MonacoEnvironment?: { readonly getWorker: (workerId: string, label: string) => Worker };
  }
}

/** Values of the `typescript` enumerations that Monaco's declarations do not all name. */
const target = { es2022: 9 } as const;
const module = { esNext: 99 } as const;
const moduleResolution = { node: 2 } as const;
const moduleDetection = { force: 3 } as const;

let isPrepared = false;

/** Monaco, set up once for all editors of the page. */
export function prepareMonaco(): typeof monaco {
  if (isPrepared) return monaco;
  isPrepared = true;
  window.MonacoEnvironment = {
    getWorker: (_workerId, label) =>
      label === 'typescript' || label === 'javascript'
        ? new Worker(new URL('monaco-editor/language/typescript/ts.worker.js', import.meta.url))
        : new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url)),
  };
  // The wrapper asks for the whole package's type; what it uses is in the part that is bundled.
  loader.config({ monaco: monaco as unknown as NonNullable<Parameters<typeof loader.config>[0]['monaco']> });
  typescriptDefaults.setCompilerOptions({
    target: target.es2022 as never,
    lib: ['es2022'],
    module: module.esNext,
    moduleResolution: moduleResolution.node,
    moduleDetection: moduleDetection.force,
    strict: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    allowNonTsExtensions: true,
  });
  typescriptDefaults.addExtraLib(clientTypes, 'file:///node_modules/@confluentinc/kafka-javascript/index.d.ts');
  typescriptDefaults.addExtraLib(environmentTypes, 'file:///environment.d.ts');
  typescriptDefaults.addExtraLib(pgTypes, 'file:///node_modules/@types/pg/index.d.ts');
  return monaco;
}

/** A module that programs beside it may import, until it is disposed of. */
export function addReadOnlyModule(path: string, text: string): { dispose(): void } {
  return typescriptDefaults.addExtraLib(text, path);
}

/** Themes made of the page's own tokens, so that editor and text agree and the contrast is checked once. */
export function defineTheme(isDark: boolean): string {
  const name = isDark ? 'course-dark' : 'course-light';
  const tokens = getComputedStyle(document.documentElement);
  const colour = (token: string): string => sixDigits(tokens.getPropertyValue(`--${token}`).trim());
  const bare = (token: string): string => colour(token).slice(1);
  monaco.editor.defineTheme(name, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare('ink') },
      { token: 'keyword', foreground: bare('syntax-keyword') },
      { token: 'string', foreground: bare('syntax-string') },
      { token: 'regexp', foreground: bare('syntax-string') },
      { token: 'number', foreground: bare('syntax-number') },
      { token: 'comment', foreground: bare('syntax-comment') },
      { token: 'type', foreground: bare('syntax-name') },
      { token: 'delimiter', foreground: bare('ink') },
    ],
    colors: {
      'editor.background': colour('surface'),
      'editor.foreground': colour('ink'),
      'editorLineNumber.foreground': colour('muted'),
      'editorLineNumber.activeForeground': colour('ink'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorIndentGuide.background1': colour('line'),
      'editorWidget.background': colour('surface'),
      'editorWidget.border': colour('line'),
      'editorHoverWidget.background': colour('surface'),
      'editorHoverWidget.border': colour('line'),
      'editorSuggestWidget.background': colour('surface'),
      'editorSuggestWidget.border': colour('line'),
      'editorError.foreground': colour('fault'),
      'editorWarning.foreground': colour('duplicate'),
      focusBorder: colour('accent'),
    },
  });
  return name;
}

/** Monaco knows `#ffffff` only, and whoever minifies the style sheet writes `#fff`. */
function sixDigits(colour: string): string {
  return /^#...$/.test(colour) ? colour.replace(/[^#]/g, (digit) => digit + digit) : colour;
}
