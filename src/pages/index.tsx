/** The first page: what the course claims, and a live run of the claim. */
import Translate, { translate } from '@docusaurus/Translate';
import Link from '@docusaurus/Link';
import Heading from '@theme/Heading';
import Layout from '@theme/Layout';
import { useLastLesson } from '../components/last-lesson/last-lesson';
import { useCourseParts } from '../components/home/course-parts';
import CourseMap from '../components/home/CourseMap';
import Experiment from '../components/experiment';
import styles from './index.module.css';

export default function Home() {
  return (
    <Layout
      title={translate({ id: 'home.title', message: 'Apache Kafka delivery guarantees, in practice' })}
      description={translate({
        id: 'home.description',
        message:
          'An interactive course on the delivery guarantees of Apache Kafka: write a consumer, run it under every fault, read the shortest execution that breaks it.',
      })}
    >
      <main className={styles.page}>
        <div className={styles.opening}>
          <Claim />
          <Experiment id="commit-before-or-after" withSource={false} />
        </div>
        <Facts />
        <section aria-labelledby="course">
          <h2 id="course">
            <Translate id="home.course">The course</Translate>
          </h2>
          <CourseMap />
        </section>
      </main>
    </Layout>
  );
}

function Claim() {
  return (
    <div className={styles.claim}>
      <p className={styles.subject}>
        <Translate id="home.subject">Apache Kafka delivery guarantees, in practice</Translate>
      </p>
      <Heading as="h1">
        <Translate id="home.claim">Write a consumer. Watch it lose an order.</Translate>
      </Heading>
      <p className={styles.promise}>
        <Translate id="home.promise">
          Short lessons, real client code, and a cluster in your browser in which each of the named faults happens. Each
          answer is a proof within stated bounds, or the shortest run that breaks your program.
        </Translate>
      </p>
      <p className={styles.actions}>
        <Link className={styles.start} to="/lessons/welcome/">
          <Translate id="home.start">Start: first run in a minute</Translate>
        </Link>
        <ContinueLink />
      </p>
    </div>
  );
}

/** Back to the lesson that was read last; nothing for a first visit. */
function ContinueLink() {
  const lastLesson = useLastLesson();
  const lesson = useCourseParts()
    .flatMap((part) => part.lessons)
    .find(({ id }) => id === lastLesson);
  if (lesson === undefined) return null;
  return (
    <Link className={styles.continue} to={lesson.permalink}>
      <Translate id="home.continue" values={{ lesson: lesson.title }}>
        {'Continue: {lesson}'}
      </Translate>
    </Link>
  );
}

function Facts() {
  return (
    <ul className={styles.facts}>
      <li>
        <Heading as="h2">
          <Translate id="home.fact.every.title">Every failure, not one demo</Translate>
        </Heading>
        <p>
          <Translate id="home.fact.every.text">
            Crashes, restarts, lost requests, lost answers: all combinations up to a stated bound, in about a second.
          </Translate>
        </p>
      </li>
      <li>
        <Heading as="h2">
          <Translate id="home.fact.evidence.title">Evidence, not a tick</Translate>
        </Heading>
        <p>
          <Translate id="home.fact.evidence.text">
            A verdict says what was explored. A failure comes with its shortest execution, to be read step by step.
          </Translate>
        </p>
      </li>
      <li>
        <Heading as="h2">
          <Translate id="home.fact.code.title">Real client code</Translate>
        </Heading>
        <p>
          <Translate id="home.fact.code.text">
            TypeScript against the interface of Confluent’s JavaScript client: the same imports, calls and errors as in
            a service of yours.
          </Translate>
        </p>
      </li>
    </ul>
  );
}
