// Mistake: prints what a right program would store, and neither reads nor stores anything.
for (const id of ['1', '2', '3', '4']) {
  console.log(`reading ${id} is stored`);
}

export {};
