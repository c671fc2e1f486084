/** A lesson in the sidebar, with a mark of how far the reader has come with it. */
import type { ComponentProps, ReactNode } from 'react';
import OriginalLink from '@theme-original/DocSidebarItem/Link';
import { LessonMark } from '@site/src/components/progress/LessonMark';
import { useLessonAt, useStandings } from '@site/src/components/progress/use-standings';

type Props = ComponentProps<typeof OriginalLink>;

export default function SidebarLink(props: Props): ReactNode {
  const lesson = useLessonAt(props.item.href);
  const { ofLesson } = useStandings();
  if (lesson === undefined) return <OriginalLink {...props} />;
  // The mark stays with the last word: alone on a line it would belong to nobody.
  const first = props.item.label.split(' ');
  const last = first.pop();
  const label = (
    <>
      {first.join(' ')}{' '}
      <span style={{ whiteSpace: 'nowrap' }}>
        {last}
        <LessonMark standing={ofLesson(lesson)} />
      </span>
    </>
  );
  // The theme puts the label into the link as it is; its type knows texts only.
  return <OriginalLink {...props} item={{ ...props.item, label: label as unknown as string }} />;
}
