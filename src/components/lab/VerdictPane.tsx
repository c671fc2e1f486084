import type { ComponentProps, ReactNode } from 'react';
import { Verdict } from '../verdict/Verdict';
import { VerdictAnnouncement } from '../verdict/VerdictAnnouncement';

/** The verdict with everything that draws it: the chunk that a first run brings. */
export default function VerdictPane(props: ComponentProps<typeof Verdict>): ReactNode {
  return (
    <>
      <VerdictAnnouncement verdict={props.result.verdict} words={props.words} />
      <Verdict {...props} />
    </>
  );
}
