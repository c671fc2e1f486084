/** Version of the engine; it changes when verdicts may. */
export const ENGINE_VERSION = '0.1.0';

/** The Apache Kafka release whose behaviour the model has. */
export const KAFKA_VERSION = '4.3.0';
