export interface Order {
  id: string;
  item: string;
}

/** The orders that the shop has accepted, oldest first. */
export const orders: Order[] = [
  { id: '1', item: 'kettle' },
  { id: '2', item: 'lamp' },
  { id: '3', item: 'chair' },
  { id: '4', item: 'carpet' },
];
