/** The course as ruled rows: a part, what it is about, its lessons. */
import Link from '@docusaurus/Link';
import type { CoursePart } from './course-parts';
import styles from './course-map.module.css';

export default function CourseMap({ parts }: { readonly parts: readonly CoursePart[] }) {
  return (
    <ol className={styles.map}>
      {parts.map((part, index) => (
        <li key={part.title} className={styles.part}>
          <span className={styles.number} aria-hidden="true">
            {index + 1}
          </span>
          <div>
            <h3 className={styles.title}>{part.title}</h3>
            <p className={styles.about}>{part.about}</p>
          </div>
          <ul className={styles.lessons}>
            {part.lessons.map((lesson) => (
              <li key={lesson.id}>
                <Link to={`/lessons/${lesson.id}/`}>{lesson.title}</Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
