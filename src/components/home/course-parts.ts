/** The parts of the course with the lessons that there are, in the reader's language. */
import { translate } from '@docusaurus/Translate';

export interface Lesson {
  /** Address under /lessons/; never changes. */
  readonly id: string;
  readonly title: string;
}

export interface CoursePart {
  readonly title: string;
  readonly about: string;
  readonly lessons: readonly Lesson[];
}

export function courseParts(): readonly CoursePart[] {
  return [
    {
      title: translate({ id: 'course.start', message: 'Start' }),
      about: translate({ id: 'course.start.about', message: 'a first run; topics, offsets, and what a commit stores' }),
      lessons: [
        { id: 'welcome', title: translate({ id: 'course.welcome', message: 'Welcome' }) },
        { id: 'log-and-offsets', title: translate({ id: 'course.log-and-offsets', message: 'The log and its offsets' }) },
      ],
    },
    {
      title: translate({ id: 'course.guarantees', message: 'The three guarantees' }),
      about: translate({ id: 'course.guarantees.about', message: 'never lose an order, whatever happens' }),
      lessons: [{ id: 'at-least-once', title: translate({ id: 'course.at-least-once', message: 'At least once' }) }],
    },
  ];
}
