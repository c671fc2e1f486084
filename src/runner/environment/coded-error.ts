/** An error with Node's `code`, made as data properties so that frozen prototypes do not matter. */
export function codedError(type: new (message: string) => Error, code: string, message: string, name?: string): Error {
  const error = new type(message);
  Object.defineProperty(error, 'code', { value: code, writable: true, enumerable: true, configurable: true });
  if (name !== undefined)
    Object.defineProperty(error, 'name', { value: name, writable: true, enumerable: false, configurable: true });
  return error;
}
