/** What the grader needs of a compiled program, and what it gives to each of the program's incarnations. */
import type { DatabaseServer } from '../database/server';
import type { KafkaEndpoint } from '../kafka/protocol/messages';
import type { DescribeError, Incarnation } from '../simulation/process';
import type { SimPromise } from '../simulation/sim-promise';
import type { Endpoint } from '../simulation/network';
import type { InputModule, ServiceAnswer, ServiceRequest } from './lab';

/** The world as an incarnation reaches it. */
export interface WorldPorts {
  readonly kafka: KafkaEndpoint;
  /** Services by host name; a service answers at `http://<host>`. */
  readonly services: ReadonlyMap<string, Endpoint<ServiceRequest, ServiceAnswer>>;
  readonly database?: DatabaseServer | null;
  /** `process.env`: `KAFKA_BROKERS`, one `…_URL` a service. */
  readonly env: Readonly<Record<string, string>>;
  /** The module beside the program, if the lab has one. */
  readonly input: InputModule | null;
}

export interface Program {
  /** Evaluates the module afresh; called in a turn of `incarnation`. */
  start(incarnation: Incarnation, ports: WorldPorts): SimPromise<unknown>;
  readonly describeError: DescribeError;
}
