/** The module `pg`, wired to the incarnation that imports it. */
import { createPgModule } from '../../database/client';
import type { ProgramState } from './program-state';

export function createPgClient({ incarnation, ports }: ProgramState): object {
  return createPgModule({ incarnation, server: ports.database ?? null, env: ports.env });
}
