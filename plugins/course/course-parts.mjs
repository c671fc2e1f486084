/**
 * The parts of the course and their lessons, in the reader's language: read from the sidebar and the lessons
 * themselves, so that no title is written twice.
 */
export function courseParts({ docs, sidebars }, labs) {
  // A page of docs/practice/ is about one lab and has its name.
  const isOf = (lab, lesson) => lab.lesson === lesson || `practice/${lab.id}` === lesson;
  const labsOf = (lesson) => labs.filter((lab) => isOf(lab, lesson)).map((lab) => lab.id);
  const lessons = new Map(
    docs.map(({ id, title, description, permalink }) => [id, { id, title, description, permalink, labs: labsOf(id) }]),
  );
  return sidebars.course
    .filter((item) => item.type === 'category')
    .map(({ label, items }) => ({
      title: label,
      lessons: items.filter((item) => item.type === 'doc').map((item) => lessons.get(item.id)),
    }));
}
