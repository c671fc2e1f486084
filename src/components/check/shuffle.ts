/**
 * An order in which to show `count` items, the same for everybody and never the right one: a question that comes solved
 * asks nothing.
 */
export function shuffledOrder(seed: string, count: number): readonly number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = 0;
  for (const character of seed) state = (Math.imul(state, 31) + character.codePointAt(0)!) >>> 0;
  for (let last = count - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  const isRight = order.every((item, index) => item === index);
  return isRight && count > 1 ? [...order.slice(1), order[0]!] : order;
}
