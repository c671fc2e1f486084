/** Sinks outside Kafka: a counter, a mailer, a table. They note what was done, once or as often as it was done (EOS-3..5). */
import type { LanguageAction } from './scenario';
import { ScenarioError } from './scenario-error';

interface Taken {
  /** `t/0@3` */
  readonly coordinates: string;
  readonly value: string;
}

export class Effects {
  private readonly taken = new Map<string, readonly Taken[]>();
  private readonly sinks = new Map<string, Taken[]>();

  /** Keeps what `take` printed: `t/0 0:a 1:b`. */
  note(consumer: string, lines: readonly string[]): void {
    const [partition, ...records] = lines.join(' ').split(' ');
    const taken = records.map((record) => {
      const [offset, value] = record.split(':');
      return { coordinates: `${partition}@${offset}`, value };
    });
    this.taken.set(consumer, taken);
  }

  /** Does the effect for every record last taken and says what was left out. */
  apply({ consumer, sink, onceBy }: LanguageAction & { readonly kind: 'effect' }): readonly string[] {
    const records = this.taken.get(consumer);
    if (records === undefined)
      throw new ScenarioError(`${consumer} has taken nothing yet. Put "take ${consumer}" before.`);
    const held = this.sinks.get(sink) ?? [];
    this.sinks.set(sink, held);
    const suppressed: string[] = [];
    for (const record of records) {
      const isKnown = held.some((done) =>
        onceBy === 'offset'
          ? done.coordinates === record.coordinates
          : onceBy === 'value' && done.value === record.value,
      );
      if (isKnown) suppressed.push(`suppressed ${record.value}`);
      else held.push(record);
    }
    return suppressed;
  }

  held(sink: string): string {
    const values = (this.sinks.get(sink) ?? []).map(({ value }) => value);
    return values.length === 0 ? 'nothing' : values.join(' ');
  }
}
