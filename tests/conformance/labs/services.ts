/** The lab's services as real HTTP servers, which lose requests and answers as planned and write down what was applied. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LabService } from '../../../src/grader/lab';
import type { Points } from './points';

export class Services {
  /** What was applied, in that order. */
  readonly applied: { readonly record: string; readonly service: string; readonly incarnation: number }[] = [];
  readonly environment: Record<string, string> = {};
  private readonly servers: Server[] = [];

  /** @param incarnation tells which life of the program runs */
  static async listen(services: readonly LabService[], points: Points, incarnation: () => number): Promise<Services> {
    const all = new Services(incarnation);
    for (const service of services) await all.open(service, points);
    return all;
  }

  private constructor(private readonly incarnation: () => number) {}

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  private async open(service: LabService, points: Points): Promise<void> {
    const server = createServer((request, response) => void this.serve(service, points, request, response));
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.environment[service.urlVariable] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  private async serve(
    service: LabService,
    points: Points,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await textOf(request);
    if (body === null) return;
    if (points.request('effect') === 'lose') {
      request.socket.destroy();
      return;
    }
    const answer = service.handle({ method: request.method ?? 'GET', path: request.url ?? '/', body });
    if (answer.applied !== null)
      this.applied.push({ record: answer.applied, service: service.name, incarnation: this.incarnation() });
    if (points.answer('effect') === 'lose') request.socket.destroy();
    else response.writeHead(answer.status).end(answer.body);
  }
}

/** Null when the client went away while it was sending. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts).toString();
  } catch {
    return null;
  }
}
