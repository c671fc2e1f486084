/** What `plugins/reference` says of the modules that programs can import. */
export interface ModuleEntry {
  readonly name: string;
  /** In the engine's order; null where the module is an object with more than can be listed. */
  readonly exports: readonly string[] | null;
}
