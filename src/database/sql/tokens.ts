/** Splits a query into words and signs, as PostgreSQL's scanner does; comments and spaces are dropped. */
import { notSupported, SqlError, syntaxError } from './sql-error';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'sign';

export interface Token {
  readonly kind: TokenKind;
  /** Of a word in lower case, of a string and a quoted name without its quotes, of `$2` the number. */
  readonly value: string;
  /** As it stands in the query. */
  readonly text: string;
  /** Index of its first character in the query. */
  readonly start: number;
}

const PATTERNS: readonly (readonly [TokenKind | 'space' | 'escape' | 'dollar', RegExp])[] = [
  ['space', /(?:\s+|--[^\n]*)/y],
  ['escape', /[eE]'(?:[^'\\]|''|\\.)*'/sy],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['string', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['parameter', /\$\d+/y],
  ['dollar', /\$[\p{L}_]?[\p{L}\p{N}_]*\$/uy],
  ['sign', /::|\|\||<>|!=|<=|>=|->>|->|[-+*/%<>=(),.;[\]]/y],
];

export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (query.startsWith('/*', at)) {
      at = endOfComment(query, at);
      continue;
    }
    const { kind, text } = match(query, at);
    if (kind === 'dollar') throw notSupported('a dollar-quoted string', "write it between single quotes: 'text'");
    if (kind !== 'space') {
      const token = kind === 'escape' ? 'string' : kind;
      tokens.push({ kind: token, value: valueOf(kind, text), text, start: at });
    }
    at += text.length;
  }
  return tokens;
}

function match(query: string, at: number): { kind: (typeof PATTERNS)[number][0]; text: string } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(query)?.[0];
    if (text !== undefined) return { kind, text };
  }
  const rest = query.slice(at);
  if (/^[eE]?'/.test(rest)) {
    throw new SqlError('42601', `unterminated quoted string at or near "${rest.slice(0, 40)}"`, {
      position: String(at + 1),
    });
  }
  const sign = [...rest][0]!;
  throw syntaxError(sign, at, sign === '?' ? 'PostgreSQL numbers its parameters: $1, $2 …' : undefined);
}

/** PostgreSQL's comments nest. */
function endOfComment(query: string, start: number): number {
  let depth = 0;
  for (let at = start; at < query.length; at += 1) {
    const pair = query.slice(at, at + 2);
    if (pair === '/*') depth += 1;
    else if (pair === '*/') depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  throw new SqlError('42601', 'unterminated /* comment', { position: String(start + 1) });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function valueOf(kind: (typeof PATTERNS)[number][0], text: string): string {
  switch (kind) {
    case 'word':
      return text.toLowerCase();
    case 'string':
      return text.slice(1, -1).replaceAll("''", "'");
    case 'escape':
      return text
        .slice(2, -1)
        .replace(/''|\\(.)/gs, (pair, sign?: string) => (sign === undefined ? pair.slice(1) : (ESCAPES[sign] ?? sign)));
    case 'quoted':
      return text.slice(1, -1).replaceAll('""', '"');
    case 'parameter':
      return text.slice(1);
    default:
      return text;
  }
}

/** Whether the token is one of these words, unquoted. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token !== undefined && token.kind === 'word' && words.includes(token.value);
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token !== undefined && token.kind === 'sign' && token.text === sign;
}

/** A name: a word or a quoted name. */
export function isName(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'quoted');
}

/** Index of the sign that closes the parenthesis at `open`; the end of the list when none does. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    if (isSign(tokens[i], '(')) depth += 1;
    else if (isSign(tokens[i], ')') && (depth -= 1) === 0) return i;
  }
  return tokens.length;
}

/** Splits at commas that stand in no parenthesis. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, '(') || isSign(token, '[')) depth += 1;
    else if (isSign(token, ')') || isSign(token, ']')) depth -= 1;
    if (depth === 0 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

/** Index of the last token that `test` accepts; -1 for none. */
export function lastIndex(tokens: readonly Token[], test: (token: Token) => boolean): number {
  for (let i = tokens.length - 1; i >= 0; i -= 1) if (test(tokens[i]!)) return i;
  return -1;
}

/** Index of the sign that opens what is closed at `close`; 0 when none does. */
export function opening(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let i = close; i > 0; i -= 1) {
    if (isSign(tokens[i], ')')) depth += 1;
    else if (isSign(tokens[i], '(') && (depth -= 1) === 0) return i;
  }
  return 0;
}
