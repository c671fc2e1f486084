/** Services behind fetch: idempotency keys, failures without an effect, effects without an answer. */
import { describe, expect, it } from 'vitest';
import { cardPayments } from '../../../src/services/card-payments';
import { HttpService, type HttpHandler } from '../../../src/services/http-service';
import { mailer } from '../../../src/services/mailer';
import { NO_FAULTS, type Chooser } from '../../../src/simulation/network';
import { Incarnation } from '../../../src/simulation/process';
import { Recorder } from '../../../src/simulation/recorder';
import { World } from '../../../src/simulation/world';
import { load } from '../runner/run-program';

function run(service: HttpHandler, body: string, chooser: Chooser = NO_FAULTS): { output: string[]; world: World } {
  const recorder = new Recorder();
  const world = new World(chooser, recorder);
  const program = load(`
    const post = async (path, body, key) => {
      const headers = key === undefined ? {} : { 'Idempotency-Key': key };
      const response = await fetch('http://${service.name}' + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return response.status + ' ' + await response.text();
    };
    ${body}`);
  const incarnation = new Incarnation(world, 'program', 1, program.describeError);
  const kafka = { receive: () => undefined, broker: () => kafka, findCoordinator: () => -1 };
  const services = new Map([[service.name, new HttpService(world, service)]]);
  incarnation.start(() => program.start(incarnation, { kafka, services, env: {}, input: null }));
  for (let i = 0; i < 1000 && world.step(); i += 1);
  return { world, output: recorder.events.flatMap((event) => (event.kind === 'console' ? [event.text] : [])) };
}

describe('EOS-5: an Idempotency-Key', () => {
  it('has a mail sent once, and answers as the first time', () => {
    const { output, world } = run(
      mailer,
      `const mail = { order: '1', text: 'thanks' };
       console.log(await post('/mails', mail, 'a'));
       console.log(await post('/mails', mail, 'a'));
       console.log(await post('/mails', mail));`,
    );
    expect(output).toEqual(Array.from({ length: 3 }, () => '202 {"accepted":"1"}'));
    expect(world.history.effects).toHaveLength(2);
  });

  it('that was used for another request is refused, and a refusal uses no key up', () => {
    const { output } = run(
      cardPayments,
      `console.log(await post('/charges', { order: '1', cents: -5 }, 'a'));
       console.log(await post('/charges', { order: '1', cents: 500 }, 'a'));
       console.log((await post('/charges', { order: '2', cents: 500 }, 'a')).slice(0, 3));`,
    );
    expect(output).toEqual([
      '400 the body has to be {"order": id, "cents": amount}',
      '201 {"charged":"1","cents":500}',
      '422',
    ]);
  });
});

describe('faults', () => {
  it('service-error: 500 without an effect', () => {
    const { output, world } = run(mailer, `console.log(await post('/mails', { order: '1', text: 'thanks' }));`, {
      ...NO_FAULTS,
      onSend: () => 'refuse',
    });
    expect(output).toEqual(['500 internal server error']);
    expect(world.history.effects).toHaveLength(0);
  });

  it('service-timeout: the effect, and fetch rejects after the time-out of undici', () => {
    const { output, world } = run(
      mailer,
      `await post('/mails', { order: '1', text: 'thanks' }).catch((error) => console.log(error.message, error.cause.code));`,
      { ...NO_FAULTS, onEffect: () => 'silence' },
    );
    expect(output).toEqual(['fetch failed UND_ERR_HEADERS_TIMEOUT']);
    expect(world.history.effects).toHaveLength(1);
    expect(world.now).toBeGreaterThan(300_000);
  });
});
