/**
 * The workers that share a search, one port each. Each does its part of a level of faults; when the last has done so, all
 * are told what all have seen, and go on alike.
 */
import type { GradeProgress } from '../../grader/verdict';

export class Team {
  private readonly channels: readonly MessageChannel[];
  private readonly progresses: GradeProgress[];
  private shares = new Map<number, string>();

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
      // All know the whole search, but are told of each other's part at the end of a level only.
      planned: Math.max(...this.progresses.map(({ planned }) => planned)),
      faults: Math.max(...this.progresses.map(({ faults }) => faults)),
      failing: this.progresses.some(({ failing }) => failing),
    };
  }

  /** A worker has done its part of a level; the last one to do so lets all go on. */
  levelOver(member: number, shares: string): void {
    this.shares.set(member, shares);
    if (this.shares.size < this.size) return;
    const all = this.channels.map((_channel, index) => this.shares.get(index)!);
    this.shares = new Map();
    this.tellAll((index) => JSON.stringify({ type: 'proceed', isFirst: index === 0, shares: all }));
  }

  close(): void {
    for (const { port1 } of this.channels) port1.close();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
