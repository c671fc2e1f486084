/**
 * Cuts a text into words and what is between them, for the excerpts of search results. The search plugin's own version
 * knows Latin letters only, so of a Russian sentence it shows the word that was found and nothing around it.
 */
const WORDS = /[\p{L}\p{N}_]+/gu;

export function looseTokenize(content) {
  const tokens = [];
  let end = 0;
  for (const match of content.matchAll(WORDS)) {
    if (match.index > end) tokens.push(content.slice(end, match.index));
    tokens.push(match[0]);
    end = match.index + match[0].length;
  }
  if (end < content.length) tokens.push(content.slice(end));
  return tokens;
}
