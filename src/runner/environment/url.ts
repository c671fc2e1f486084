/** `URL` and `URLSearchParams`. */
import URLImplementation from 'core-js-pure/actual/url';
import URLSearchParamsImplementation from 'core-js-pure/actual/url-search-params';

export const SimURL = URLImplementation;
export const SimURLSearchParams = URLSearchParamsImplementation;

/** What `fetch` needs of an address. */
export interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly href: string;
}

/** The same text always has the same parts, and a search asks for a few texts many thousand times. */
const parsed = new Map<string, Address>();

/** @throws TypeError for what is no absolute URL */
export function parseAddress(text: string): Address {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const url = new URLImplementation(text);
  const address: Address = {
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname + url.search,
    href: url.href,
  };
  if (parsed.size > 1000) parsed.clear();
  parsed.set(text, address);
  return address;
}

/** Iterators of search parameters are the package's own, and no name leads to what they inherit from. */
export const searchParamsIterator = Object.getPrototypeOf(new SimURLSearchParams().entries()) as object;
