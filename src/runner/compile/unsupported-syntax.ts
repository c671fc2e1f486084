import type { Node } from 'acorn';

/** Something of the language that the engine cannot run, at a place of the program. */
export class UnsupportedSyntax extends Error {
  constructor(
    readonly node: Node,
    message: string,
    readonly kind: 'unsupported-syntax' | 'forbidden' = 'unsupported-syntax',
  ) {
    super(message);
  }
}
