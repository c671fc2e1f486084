/**
 * The workers that share a search, one port each. They stop at the end of each level of faults; when the last has come to
 * it, all are told what all have found, and go on alike.
 */
import type { GradeProgress } from '../../grader/verdict';

export class Team {
  private readonly channels: readonly MessageChannel[];
  private readonly progresses: GradeProgress[];
  private reports = new Map<number, readonly unknown[]>();

  constructor(readonly size: number) {
    this.channels = Array.from({ length: size }, () => new MessageChannel());
    this.progresses = this.channels.map(() => ({ executions: 0, planned: 0, faults: 0, failing: false }));
  }

  /** The workers' ends. */
  get farPorts(): MessagePort[] {
    return this.channels.map(({ port2 }) => port2);
  }

  listen(hear: (data: unknown, member: number) => void): void {
    this.channels.forEach(({ port1 }, member) => {
      port1.onmessage = ({ data }: MessageEvent) => hear(data, member);
    });
  }

  /** Sends each worker a text of its own. */
  tellAll(textFor: (member: number) => string): void {
    this.channels.forEach((_channel, member) => this.tell(member, textFor(member)));
  }

  tell(member: number, text: string): void {
    this.channels[member]!.port1.postMessage(text);
  }

  /** @returns how far all of them have come together */
  progress(member: number, progress: GradeProgress): GradeProgress {
    this.progresses[member] = progress;
    return {
      executions: sum(this.progresses.map(({ executions }) => executions)),
      planned: sum(this.progresses.map(({ planned }) => planned)),
      faults: Math.max(...this.progresses.map(({ faults }) => faults)),
      failing: this.progresses.some(({ failing }) => failing),
    };
  }

  /** A worker has come to the end of a level; the last one to do so lets all go on. */
  levelOver(member: number, reports: readonly unknown[]): void {
    this.reports.set(member, reports);
    if (this.reports.size < this.size) return;
    const all = this.channels.flatMap((_channel, index) => this.reports.get(index) ?? []);
    this.reports = new Map();
    this.tellAll((index) => JSON.stringify({ type: 'proceed', isFirst: index === 0, reports: all }));
  }

  close(): void {
    for (const { port1 } of this.channels) port1.close();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
