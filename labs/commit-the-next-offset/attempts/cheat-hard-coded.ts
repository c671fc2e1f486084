// Mistake: stores values that were never read. An effect without a delivery is not an effect of the group.
const readings = [
  { id: '1', sensor: 'cellar', celsius: 11.5 },
  { id: '2', sensor: 'freezer', celsius: -18.2 },
  { id: '3', sensor: 'cellar', celsius: 11.7 },
  { id: '4', sensor: 'freezer', celsius: -17.9 },
];

for (const reading of readings) {
  await fetch(`${process.env.STORE_URL}/readings`, { method: 'POST', body: JSON.stringify(reading) });
}

export {};
