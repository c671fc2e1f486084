/** The course as ruled rows: a part, and what each of its lessons is about. */
import Link from '@docusaurus/Link';
import Heading from '@theme/Heading';
import { LessonMark } from '../progress/LessonMark';
import { useStandings } from '../progress/use-standings';
import { useCourseParts } from './course-parts';
import styles from './CourseMap.module.css';

export default function CourseMap() {
  const { ofLesson } = useStandings();
  return (
    <ol className={styles.map}>
      {useCourseParts().map((part, index) => (
        <li key={part.title} className={styles.part}>
          <span className={styles.number} aria-hidden="true">
            {index + 1}
          </span>
          <Heading as="h3" className={styles.title}>
            {part.title}
          </Heading>
          <ul className={styles.lessons}>
            {part.lessons.map((lesson) => (
              <li key={lesson.id}>
                <Link to={lesson.permalink}>{lesson.title}</Link>
                <LessonMark standing={ofLesson(lesson)} />
                <p>{lesson.description}</p>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
