/** Where the reader stands, and how to take it along. */
import Translate, { translate } from '@docusaurus/Translate';
import Heading from '@theme/Heading';
import Layout from '@theme/Layout';
import CourseMap from '../components/home/CourseMap';
import { Offline } from '../components/offline/Offline';
import styles from '../components/progress/Progress.module.css';
import { ProgressFile } from '../components/progress/ProgressFile';

export default function Progress() {
  return (
    <Layout
      title={translate({ id: 'progress.title', message: 'Progress' })}
      description={translate({
        id: 'progress.description',
        message: 'Where you stand in the course, your progress as a file, and the course for offline use.',
      })}
    >
      <main className={styles.page}>
        <Heading as="h1">
          <Translate id="progress.heading">Your progress</Translate>
        </Heading>
        <p>
          <Translate id="progress.legend">
            A full mark: all labs of the lesson are passed, or a lesson without labs was read. A half one: begun.
          </Translate>
        </p>
        <section>
          <h2>
            <Translate id="home.course">The course</Translate>
          </h2>
          <CourseMap />
        </section>
        <ProgressFile />
        <Offline />
      </main>
    </Layout>
  );
}
