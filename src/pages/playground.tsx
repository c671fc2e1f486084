/** Three brokers to break: every setting of the reference, faults by click. */
import Head from '@docusaurus/Head';
import Translate, { translate } from '@docusaurus/Translate';
import Heading from '@theme/Heading';
import Layout from '@theme/Layout';
import LazyPlayground from '../components/playground';
import styles from './playground.module.css';

export default function PlaygroundPage() {
  return (
    <Layout
      title={translate({ id: 'playground.title', message: 'Playground' })}
      description={translate({
        id: 'playground.description',
        message:
          'Three Kafka brokers in your browser: producers and consumers with every setting, faults by click, a timeline to step through, and a link to every run.',
      })}
    >
      <Head>
        <meta
          name="keywords"
          content={translate({
            id: 'playground.keywords',
            message: 'playground, sandbox, simulator, brokers, fail-over, acks, zombie, read_committed, seed',
          })}
        />
      </Head>
      <main className={styles.page}>
        <Heading as="h1">
          <Translate id="playground.heading">Playground</Translate>
        </Heading>
        <p className={styles.lead}>
          <Translate id="playground.lead">
            Three brokers, producers and consumers, on the model that grades the labs. Set them up, step through what
            happens, and break what you like at any moment. The same setup, seed and faults give the same run, always.
          </Translate>
        </p>
        <LazyPlayground />
      </main>
    </Layout>
  );
}
