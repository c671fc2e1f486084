/** The program behind `write`: it sends numbered values, alone or in transactions, and keeps count. */
import type { CommandNamed } from '../language/commands';
import type { Pauses } from './pauses';
import type { PlayedProducer } from './player';
import { Pending } from './virtual-clock';

export class WriteProgram {
  /** Values up to this number are acknowledged, or were aborted on purpose, without a gap. */
  done: number;
  readonly result: Pending;
  /** Values that the program takes for stored: acknowledged, and where there are transactions committed. */
  readonly confirmed: string[] = [];
  private readonly acknowledged = new Set<number>();
  private readonly underWay = new Map<number, Pending>();
  private readonly failures: string[] = [];
  /** What is waited for before anything else is sent: the beginning or the end of a transaction. */
  private turningPoint: { readonly pending: Pending; readonly then: (line: string) => void } | null = null;
  private next: number;
  private sent = 0;
  private isPausing = false;
  private transactions = 0;
  private hasOpen = false;
  private hasRejected = false;
  private isOver = false;

  constructor(
    private readonly producer: PlayedProducer,
    private readonly command: CommandNamed<'write'>,
    private readonly partitions: number,
    private readonly pauses: Pauses,
    connection: Pending,
    done: number,
  ) {
    const { clock } = producer.process;
    this.done = done;
    this.next = done + 1;
    this.result = new Pending(clock);
    clock.watch(() => this.look());
    this.turnOn(connection, (line) => {
      if (!line.startsWith('error')) return;
      // The process has printed it.
      this.failures.push(`connect ${line}`);
      this.finish();
    });
    this.look();
  }

  /** Takes note of what has come of sends and transactions, which may be there at once. */
  private look(): void {
    while (!this.isOver && this.takeNews()) this.goOn();
  }

  private takeNews(): boolean {
    let hasNews = false;
    const { turningPoint } = this;
    const lines = turningPoint?.pending.printed ?? null;
    if (turningPoint !== null && lines !== null) {
      this.turningPoint = null;
      hasNews = true;
      turningPoint.then(lines[0] ?? 'ok');
    }
    for (const [number, pending] of this.underWay) {
      const [printed] = pending.printed ?? [];
      if (printed === undefined) continue;
      hasNews = true;
      this.underWay.delete(number);
      this.settle(number, printed);
    }
    return hasNews;
  }

  private settle(number: number, line: string): void {
    if (line.startsWith('ok')) {
      this.sent += 1;
      this.acknowledged.add(number);
      if (this.command.transaction === undefined) {
        this.confirmed.push(this.valueOf(number));
        this.countDone();
      }
      return;
    }
    this.hasRejected = true;
    this.fail(`${this.valueOf(number)} ${line}`);
  }

  private valueOf(number: number): string {
    return `${this.command.prefix}${number}`;
  }

  private countDone(): void {
    while (this.acknowledged.has(this.done + 1)) this.done += 1;
  }

  private fail(line: string): void {
    this.failures.push(line);
    this.producer.process.print(line.replace(' error ', ': '));
  }

  private goOn(): void {
    if (this.isOver || this.turningPoint !== null || this.isPausing) return;
    const { inHand = 1, count, transaction } = this.command;
    const hasMore = this.next <= count;
    const isFull = transaction !== undefined && this.next - 1 - this.done >= transaction;
    if (!hasMore || (this.hasOpen && isFull)) {
      if (this.underWay.size > 0) return;
      if (this.hasOpen) this.endTransaction();
      else this.finish();
    } else if (this.underWay.size < inHand) {
      if (transaction !== undefined && !this.hasOpen) this.beginTransaction();
      else this.sendNext();
    }
  }

  private sendNext(): void {
    const { topic, pace = 0, producer } = this.command;
    const number = this.next;
    this.next += 1;
    const to = { topic, partition: (number - 1) % this.partitions };
    this.isPausing = true;
    // Set before the send, so that what the send does at once finds the program at its pause.
    this.producer.process.incarnation.setTimer(this.pauses.about(pace), () => {
      this.isPausing = false;
      this.goOn();
      this.look();
    });
    const values = [this.valueOf(number)];
    this.underWay.set(number, this.producer.send({ command: 'send', producer, to, values }));
  }

  private beginTransaction(): void {
    this.hasRejected = false;
    this.turnOn(this.producer.begin(), (line) => {
      if (line.startsWith('error')) this.end(`begin ${line}`);
      else this.hasOpen = true;
    });
  }

  private endTransaction(): void {
    this.transactions += 1;
    const { abortEvery = 0 } = this.command;
    const isMeant = abortEvery > 0 && this.transactions % abortEvery === 0;
    const isAbort = isMeant || this.hasRejected;
    this.turnOn(isAbort ? this.producer.abort() : this.producer.commit(), (line) => {
      this.hasOpen = false;
      if (line.startsWith('error')) this.end(`${isAbort ? 'abort' : 'commit'} ${line}`);
      else this.close(isAbort);
    });
  }

  private close(isAborted: boolean): void {
    const first = this.done + 1;
    this.done = this.next - 1;
    if (isAborted) return;
    for (let number = first; number <= this.done; number += 1) this.confirmed.push(this.valueOf(number));
  }

  private turnOn(pending: Pending, then: (line: string) => void): void {
    this.turningPoint = { pending, then };
  }

  private end(line: string): void {
    this.fail(line);
    this.finish();
  }

  private finish(): void {
    this.isOver = true;
    this.result.settle([...this.failures, `sent ${this.sent}`]);
  }
}
