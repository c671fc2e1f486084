/** Both decision tables of EndTxn, cell by cell as kafka-semantics has them. */
import { describe, expect, it } from 'vitest';
import {
  END_TXN_TV1,
  END_TXN_TV2,
  endTxnErrorCode,
  endTxnTransition,
  type EndTxnState,
} from '../../../../src/kafka/coordinator/transaction/end-txn';
import {
  unknownTransactionalId,
  type TransactionMetadata,
} from '../../../../src/kafka/coordinator/transaction/transaction-metadata';
import { ERRORS } from '../../../../src/kafka/errors';

function metadata(change: Partial<TransactionMetadata> = {}): TransactionMetadata {
  return { ...unknownTransactionalId('t', 7, 60_000, 0), producerEpoch: 5, lastProducerEpoch: 4, ...change };
}

/** The rows of kafka-semantics TXN-8, as they stand there. OK in a PREPARE row's place means: the decision is written. */
const TV1_ROWS: readonly [EndTxnState, string, string][] = [
  ['ongoing', '→ PREPARE_COMMIT, OK', '→ PREPARE_ABORT, OK'],
  ['prepare-commit', 'CONCURRENT_TRANSACTIONS', 'INVALID_TXN_STATE'],
  ['prepare-abort', 'INVALID_TXN_STATE', 'CONCURRENT_TRANSACTIONS'],
  ['complete-commit', 'OK', 'INVALID_TXN_STATE'],
  ['complete-abort', 'INVALID_TXN_STATE', 'OK'],
  ['empty', 'INVALID_TXN_STATE', 'INVALID_TXN_STATE'],
];

/** The rows of kafka-semantics TXN-9: commit current, commit retry, abort current, abort retry. */
const TV2_ROWS: readonly [EndTxnState, string, string, string, string][] = [
  ['ongoing', 'OK, epoch+1', 'PRODUCER_FENCED', 'OK, epoch+1', 'PRODUCER_FENCED'],
  ['prepare-commit', 'PRODUCER_FENCED', 'CONCURRENT_TRANSACTIONS', 'PRODUCER_FENCED', 'INVALID_TXN_STATE'],
  ['prepare-abort', 'PRODUCER_FENCED', 'INVALID_TXN_STATE', 'PRODUCER_FENCED', 'CONCURRENT_TRANSACTIONS'],
  ['complete-commit', 'INVALID_TXN_STATE', 'OK, same ids', 'OK, epoch+1', 'INVALID_TXN_STATE'],
  ['complete-abort', 'INVALID_TXN_STATE', 'INVALID_TXN_STATE', 'OK, epoch+1', 'OK, same ids'],
  ['empty', 'INVALID_TXN_STATE', 'PRODUCER_FENCED', 'OK, epoch+1', 'PRODUCER_FENCED'],
];

/** What the cell says: an error, the decision written, or the former decision confirmed. */
function cell(text: string): string {
  if (text.startsWith('→') || text.includes('epoch+1')) return 'prepare';
  return text.startsWith('OK') ? 'done' : text;
}

describe('TXN-8: EndTxn of transaction protocol 1', () => {
  const cells = TV1_ROWS.flatMap(([state, commit, abort]) => [
    [state, 'COMMIT', cell(commit)] as const,
    [state, 'ABORT', cell(abort)] as const,
  ]);

  it.each(cells)('TXN-8: %s, %s: %s', (state, request, expected) => {
    const caller = { producerId: 7, producerEpoch: 5, committed: request === 'COMMIT', generation: 1 as const };
    expect(endTxnTransition(metadata({ state }), null, caller)).toBe(expected);
    expect(END_TXN_TV1[state][request === 'COMMIT' ? 'commit' : 'abort']).toBe(expected);
  });

  it.each(TV1_ROWS)('TXN-8: %s: any epoch but the current one is PRODUCER_FENCED', (state) => {
    for (const producerEpoch of [4, 6])
      for (const committed of [true, false])
        expect(
          endTxnTransition(metadata({ state }), null, { producerId: 7, producerEpoch, committed, generation: 1 }),
        ).toBe('PRODUCER_FENCED');
  });
});

describe('TXN-9: EndTxn of transaction protocol 2', () => {
  const cells = TV2_ROWS.flatMap(([state, ...texts]) =>
    texts.map((text, i) => [state, i < 2 ? 'COMMIT' : 'ABORT', i % 2 === 0 ? 'current' : 'retry', cell(text)] as const),
  );

  it.each(cells)('TXN-9: %s, %s, %s: %s', (state, request, which, expected) => {
    const caller = {
      producerId: 7,
      producerEpoch: which === 'current' ? 5 : 4,
      committed: request === 'COMMIT',
      generation: 2 as const,
    };
    expect(endTxnTransition(metadata({ state }), null, caller)).toBe(expected);
    const row = END_TXN_TV2[state];
    const inTable = {
      COMMITcurrent: row.commitCurrent,
      COMMITretry: row.commitRetry,
      ABORTcurrent: row.abortCurrent,
      ABORTretry: row.abortRetry,
    };
    expect(inTable[`${request}${which}` as const]).toBe(expected);
  });

  it.each(TV2_ROWS)('TXN-9: %s: an epoch that is neither current nor the one before is PRODUCER_FENCED', (state) => {
    for (const producerEpoch of [3, 6])
      expect(
        endTxnTransition(metadata({ state }), null, { producerId: 7, producerEpoch, committed: true, generation: 2 }),
      ).toBe('PRODUCER_FENCED');
  });

  it('TXN-9: the pre-rotation producer id at epoch 32766 is a retry', () => {
    const rotated = metadata({ state: 'complete-commit', producerId: 8, previousProducerId: 7, producerEpoch: 0 });
    const caller = { producerId: 7, producerEpoch: 32_766, committed: true, generation: 2 as const };
    expect(endTxnTransition(rotated, null, caller)).toBe('done');
    expect(endTxnTransition(rotated, null, { ...caller, producerEpoch: 32_765 })).toBe('INVALID_PRODUCER_ID_MAPPING');
  });

  it.each([1, 2] as const)(
    'TXN-9: protocol %d: a transition under way is CONCURRENT_TRANSACTIONS, checked first',
    (generation) => {
      const caller = { producerId: 99, producerEpoch: 0, committed: true, generation };
      expect(endTxnTransition(metadata(), 'complete-commit', caller)).toBe('CONCURRENT_TRANSACTIONS');
      expect(endTxnTransition(metadata(), null, caller)).toBe('INVALID_PRODUCER_ID_MAPPING');
      expect(endTxnTransition(undefined, null, caller)).toBe('INVALID_PRODUCER_ID_MAPPING');
    },
  );

  it('TXN-9: an outcome is told as its error code', () => {
    expect(endTxnErrorCode('prepare')).toBe(ERRORS.NONE);
    expect(endTxnErrorCode('done')).toBe(ERRORS.NONE);
    expect(endTxnErrorCode('PRODUCER_FENCED')).toBe(90);
  });
});
