/** What programs of labs can import of Node's own, as the engine has it. */
import type { ModuleEntry } from '../../src/components/reference/module-data';
import { BUILT_IN } from '../../src/runner/environment/module-names';
import { exportsOf } from '../../src/runner/environment/modules';

export function readModules(): readonly ModuleEntry[] {
  return BUILT_IN.map((name) => ({ name: `node:${name}`, exports: exportsOf(name) }));
}
