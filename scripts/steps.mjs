/** Runs named steps in order and says what each took. Stops at the first that fails. */

/**
 * Each step is `{ name, run, remedy }`, where `run` gives an exit code back. Ends the process.
 */
export async function runSteps(steps) {
  const started = performance.now();
  const lines = [];
  for (const [index, step] of steps.entries()) {
    console.log(`\n── ${step.name} (${index + 1} of ${steps.length}) ──`);
    const stepStarted = performance.now();
    const code = await step.run();
    const hasFailed = code !== 0;
    lines.push(`${hasFailed ? 'FAILED' : 'passed'}  ${step.name.padEnd(12)} ${seconds(stepStarted)}`);
    if (hasFailed) {
      report(lines, steps.length, started);
      console.log(`Failed: ${step.name}. ${step.remedy}`);
      console.log(`\n${lines.length - 1} passed, 1 failed`);
      process.exit(1);
    }
  }
  report(lines, steps.length, started);
  console.log(`${lines.length} passed, 0 failed`);
  process.exit(0);
}

function report(lines, stepCount, started) {
  console.log(`\n${lines.join('\n')}`);
  if (lines.length < stepCount) console.log(`not run  ${stepCount - lines.length} of ${stepCount} steps`);
  console.log(`All in ${seconds(started)}\n`);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
