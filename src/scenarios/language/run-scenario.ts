/** Carries a scenario out on a driver and compares what it printed. */
import type { Command } from './commands';
import type { RunningCommand, ScenarioDriver, ScenarioRun } from './driver';
import { Effects } from './effects';
import { expectedFor, isExpected } from './expectation';
import type { Block, ClientLetter, LanguageAction, Scenario, Step } from './scenario';
import { NotYetRunnable, ScenarioError } from './scenario-error';

/** Between two looks at a condition, in milliseconds. */
const LOOK_MS = 20;

export type Outcome =
  | { readonly status: 'passed'; readonly observed: Observed }
  /** Another result than expected, or a step that broke down; `difference` says which, with file and line. */
  | { readonly status: 'failed'; readonly observed: Observed; readonly difference: string }
  | { readonly status: 'not run'; readonly reason: string };

/** What each block printed; null from the block on in which the run broke down. */
export type Observed = readonly (readonly string[] | null)[];

/** Runs the scenario with one client. Never throws for what the scenario or the driver does wrong: that is an outcome. */
export async function runScenario(scenario: Scenario, letter: ClientLetter, driver: ScenarioDriver): Promise<Outcome> {
  const reason =
    driver.whyNot(scenario, letter) ??
    (driver.letters.includes(letter) ? null : `${driver.name} cannot play client ${letter}`);
  if (reason !== null) return { status: 'not run', reason };
  const observed: (readonly string[] | null)[] = scenario.blocks.map(() => null);
  let run: ScenarioRun | null = null;
  try {
    run = await driver.open(scenario, letter);
    const execution = new Execution(run, letter);
    for (const [index, block] of scenario.blocks.entries()) observed[index] = await execution.block(scenario, block);
  } catch (error) {
    if (error instanceof NotYetRunnable) return { status: 'not run', reason: error.message };
    return { status: 'failed', observed, difference: error instanceof Error ? error.message : String(error) };
  } finally {
    await run?.close();
  }
  const difference = firstDifference(scenario, letter, observed);
  return difference === null ? { status: 'passed', observed } : { status: 'failed', observed, difference };
}

class Execution {
  private readonly running = new Map<string, RunningCommand>();
  private readonly effects = new Effects();

  constructor(
    private readonly run: ScenarioRun,
    private readonly letter: ClientLetter,
  ) {}

  async block(scenario: Scenario, block: Block): Promise<readonly string[]> {
    const printed: string[] = [];
    for (const step of block.steps) {
      if (step.only?.includes(this.letter) === false) continue;
      try {
        printed.push(...(await this.step(step)));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const told = `${scenario.file}.txt:${step.line}: ${step.text}: ${message}`;
        throw error instanceof NotYetRunnable ? new NotYetRunnable(told) : new ScenarioError(told, { cause: error });
      }
    }
    return printed;
  }

  private async step({ action, asyncName }: Step): Promise<readonly string[]> {
    if (action.kind !== 'driver') return this.language(action);
    const running = await this.run.start(action.command);
    if (asyncName !== null) {
      this.running.set(asyncName, running);
      return [];
    }
    const lines = await running.result();
    if (action.command.command === 'take') this.effects.note(action.command.consumer, lines);
    return lines;
  }

  private async language(action: LanguageAction): Promise<readonly string[]> {
    switch (action.kind) {
      case 'await':
        return this.begun(action.name).result();
      case 'is-pending':
        return [this.begun(action.name).isSettled() ? 'settled' : 'pending'];
      case 'effect':
        return this.effects.apply(action);
      case 'effects':
        return [this.effects.held(action.sink)];
      case 'wait-until':
        await this.waitUntil(action);
        return [];
    }
  }

  private begun(name: string): RunningCommand {
    const running = this.running.get(name);
    if (running === undefined) throw new ScenarioError(`nothing was begun as "async ${name}: …"`);
    return running;
  }

  private async waitUntil(condition: LanguageAction & { readonly kind: 'wait-until' }): Promise<void> {
    const endMs = this.run.now() + condition.withinMs;
    for (;;) {
      const seen = await this.ask(condition.query);
      if ((seen === condition.expected) === condition.isEqual) return;
      if (this.run.now() >= endMs)
        throw new ScenarioError(`did not come true within ${condition.withinMs} ms; the last value was "${seen}"`);
      await this.run.pass(LOOK_MS);
    }
  }

  private async ask(query: Command): Promise<string> {
    const running = await this.run.start(query);
    return (await running.result()).join(' ');
  }
}

function firstDifference(scenario: Scenario, letter: ClientLetter, observed: Observed): string | null {
  for (const [index, block] of scenario.blocks.entries()) {
    const printed = observed[index] ?? [];
    if (isExpected(block, letter, printed)) continue;
    const expected = expectedFor(block, letter)?.map((lines) => lines.join(' / ')) ?? ['no error'];
    const at = block.steps.at(-1);
    return [
      `${scenario.file}.txt:${at?.line ?? 0} with ${letter}: ${at?.text ?? ''}`,
      `  expected ${expected.map((text) => text || '(nothing)').join('\n        or ')}`,
      `  observed ${printed.join(' / ') || '(nothing)'}`,
    ].join('\n');
  }
  return null;
}
