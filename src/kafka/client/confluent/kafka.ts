/** The class `Kafka`: makes clients with the cluster's options and their own (the real client: `_kafka.js`). */
import { Admin } from './admin';
import type { KafkaJS } from './api';
import { mergeOptions, refuseMisplaced, type ClientKind, type Options } from './config';
import { Consumer } from './consumer/consumer';
import { currentPorts, type ConfluentPorts } from './ports';
import { Producer } from './producer/producer';

export class Kafka implements KafkaJS.Kafka {
  readonly #ports: ConfluentPorts;
  readonly #options: Options;

  constructor(config?: KafkaJS.CommonConstructorConfig) {
    this.#ports = currentPorts();
    this.#options = (config ?? {}) as Options;
    refuseMisplaced('common', this.#options);
  }

  producer(config?: KafkaJS.ProducerConstructorConfig): KafkaJS.Producer {
    return new Producer(this.#ports, this.#optionsOf('producer', config));
  }

  consumer(config: KafkaJS.ConsumerConstructorConfig): KafkaJS.Consumer {
    return new Consumer(this.#ports, this.#optionsOf('consumer', config));
  }

  admin(config?: KafkaJS.AdminConstructorConfig): KafkaJS.Admin {
    return new Admin(this.#ports, this.#optionsOf('admin', config));
  }

  #optionsOf(kind: ClientKind, config: object | undefined): Options {
    const own = (config ?? {}) as Options;
    refuseMisplaced(kind, own);
    return mergeOptions(this.#options, own);
  }
}
