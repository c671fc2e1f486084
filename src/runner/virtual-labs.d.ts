/** All labs; `engine-bundle.ts` makes the module from the folders under `labs/`. */
declare module 'virtual:labs' {
  const labs: readonly import('../grader/lab').Lab[];
  export default labs;
}
