/** What `plugins/reference` makes when the site is built, from the code, the scenarios and the recordings. */
declare module '@reference/fidelity' {
  const fidelity: import('./fidelity-data').Fidelity;
  export default fidelity;
}

declare module '@reference/transcripts' {
  type Transcripts = Readonly<Record<string, import('./transcript').Transcript>>;
  /** By guarantee; transcripts by file of the scenario. */
  export const transcripts: Readonly<Record<string, () => Promise<{ readonly default: Transcripts }>>>;
}

declare module '@reference/clients' {
  const clients: import('./client-data').Clients;
  export default clients;
}

declare module '@reference/modules' {
  const modules: readonly import('./module-data').ModuleEntry[];
  export default modules;
}

declare module '@reference/rules' {
  const rules: import('./rule-data').Rules;
  export default rules;
}

declare module '@reference/catalogue' {
  const catalogue: import('./rule-data').ReferenceCatalogue;
  export default catalogue;
}
