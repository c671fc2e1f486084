export interface Reading {
  id: string;
  sensor: string;
  celsius: number;
}

/** What the probes have measured, oldest first. */
export const readings: Reading[] = [
  { id: '1', sensor: 'cellar', celsius: 11.5 },
  { id: '2', sensor: 'freezer', celsius: -18.2 },
  { id: '3', sensor: 'cellar', celsius: 11.7 },
  { id: '4', sensor: 'freezer', celsius: -17.9 },
];
