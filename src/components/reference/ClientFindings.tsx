import clients from '@reference/clients';
import Heading from '@theme/Heading';
import CodeBlock from '@theme/CodeBlock';
import type { ReactNode } from 'react';
import { useLocale } from '../format';
import type { ClientFinding, ShownRun } from './client-data';
import Inline from './Inline';
import styles from './Reference.module.css';
import RuleLink from './RuleLink';
import ScenarioLink from './ScenarioLink';
import { useReferenceStrings } from './strings';
import Transcript from './Transcript';

interface Props {
  readonly client: 'kafkajs' | 'confluent';
}

/** `<ClientFindings client="kafkajs" />`: each finding with its recorded runs and the way round it. */
export default function ClientFindings({ client }: Props): ReactNode {
  const locale = useLocale();
  const findings = clients[client];
  return (
    <>
      <ul>
        {findings.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title[locale]}</a>
          </li>
        ))}
      </ul>
      {findings.map((finding) => (
        <Finding key={finding.id} finding={finding} />
      ))}
    </>
  );
}

function Finding({ finding }: { readonly finding: ClientFinding }): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  return (
    <section>
      <Heading as="h3" id={finding.id}>
        {finding.title[locale]}
      </Heading>
      <p>
        <Inline text={finding.what[locale]} />{' '}
        <span className={styles.facts}>
          {finding.rules.map((rule) => (
            <RuleLink key={rule} rule={rule} />
          ))}
        </span>
      </p>
      {finding.runs.map((run) => (
        <Run key={run.file} run={run} />
      ))}
      <p>
        <strong>{strings.wayRound}.</strong> <Inline text={finding.remedy[locale]} />
      </p>
      {finding.code !== null && <CodeBlock language="ts">{finding.code}</CodeBlock>}
    </section>
  );
}

function Run({ run }: { readonly run: ShownRun }): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  const isRace = run.transcript.blocks.some(({ printed }) =>
    printed.some(({ kafka }) => kafka.some(({ times }) => times !== null)),
  );
  const ofModel = { same: isRace ? strings.modelOneOf : strings.modelToo, recorded: strings.modelCannot };
  return (
    <details className={styles.run}>
      <summary>
        {strings.theRun}: {run.title[locale]}
      </summary>
      <Transcript transcript={run.transcript} />
      <p className={styles.facts}>
        {run.standing === 'same' || run.standing === 'recorded' ? ofModel[run.standing] : strings.modelDiffers}{' '}
        <ScenarioLink file={run.file} />
      </p>
    </details>
  );
}
