/** Kafka's wire format, as far as requests are made by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { array, compactString, flexible, int32, nullableString, Reader, string, struct, Writer } from './wire/codec';
import { readBatches, writeBatch } from './wire/record-batch';

describe('numbers of variable length', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const to = new Writer();
        for (const number of numbers) to.varint(number);
        const from = new Reader(to.bytes());
        expect(numbers.map(() => from.varint())).toEqual(numbers);
        expect(from.isAtEnd).toBe(true);
      }),
    );
  });

  it.each([
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [63, '7e'],
    [-64, '7f'],
    [64, '8001'],
    [300, 'd804'],
  ])('%i is %s on the wire', (number, hex) => {
    const to = new Writer();
    to.varint(number);
    expect(to.bytes().toString('hex')).toBe(hex);
  });
});

describe('messages', () => {
  const codec = struct({ group: string, members: array(struct({ id: nullableString, generation: int32 })) });

  it('are read as they were written', () => {
    const members = fc.array(fc.record({ id: fc.option(fc.string()), generation: fc.nat() }));
    fc.assert(
      fc.property(fc.record({ group: fc.string(), members }), (value) => {
        const to = new Writer();
        codec.write(to, value);
        expect(codec.read(new Reader(to.bytes()))).toEqual(value);
      }),
    );
  });

  it('skip tagged fields that they do not know', () => {
    // "hi", one tagged field with tag 7 and three bytes, then the next struct.
    const bytes = Buffer.from('03686901070301020303686f00', 'hex');
    const from = new Reader(bytes);
    const one = flexible({ name: compactString });
    expect([one.read(from), one.read(from)]).toEqual([{ name: 'hi' }, { name: 'ho' }]);
  });

  it('of the wrong version are told apart from the right ones', () => {
    expect(() => codec.read(new Reader(Buffer.from('0005616263', 'hex')))).toThrow('wrong version');
  });
});

describe('record batches', () => {
  const value = fc.string({ unit: 'grapheme' });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.nat(), (values, producerId) => {
        const bytes = writeBatch({ values, producerId, producerEpoch: 0, baseSequence: 3, isTransactional: true });
        expect(readBatches(bytes)).toEqual(
          values.map((text, offset) => ({
            offset,
            key: null,
            value: text,
            producerId,
            isTransactional: true,
            marker: null,
          })),
        );
      }),
    );
  });

  it('have the checksum that brokers compute', () => {
    const batch = writeBatch({ values: ['a'] });
    // Castagnoli of everything behind the checksum, computed bit by bit.
    let crc = 0xffffffff;
    for (const byte of batch.subarray(21)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    expect(batch.readUInt32BE(17)).toBe((crc ^ 0xffffffff) >>> 0);
  });

  it('that are cut off at the end of a segment are left out', () => {
    const whole = writeBatch({ values: ['a'] });
    const cut = writeBatch({ values: ['b'] }).subarray(0, 30);
    expect(readBatches(Buffer.concat([whole, cut])).map((record) => record.value)).toEqual(['a']);
  });
});
