/** Names and texts as SQLite reads them. */

export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
