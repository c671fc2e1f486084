import clsx from 'clsx';
import Link from '@docusaurus/Link';
import Translate from '@docusaurus/Translate';
import Heading from '@theme/Heading';
import styles from './not-found.module.css';

export default function NotFoundContent({ className }: { readonly className?: string }) {
  return (
    <main className={clsx('container', styles.page, className)}>
      <p className={styles.code}>404</p>
      <Heading as="h1">
        <Translate id="notFound.title">There is nothing at this address</Translate>
      </Heading>
      <p>
        <Translate id="notFound.text">
          The page may have moved, or the link may be mistyped. Lessons keep their addresses, so the list of lessons is
          a good place to look for it.
        </Translate>
      </p>
      <p className={styles.links}>
        <Link to="/lessons/welcome/">
          <Translate id="notFound.lessons">To the lessons</Translate>
        </Link>
        <Link to="/">
          <Translate id="notFound.home">To the first page</Translate>
        </Link>
      </p>
    </main>
  );
}
