import { usePluginData } from '@docusaurus/useGlobalData';
import { useEffect, useState } from 'react';
import { readAllProgress, standingOf, type LabStanding } from '../../course/progress';
import type { CoursePart, Lesson } from '../home/course-parts';
import { useReadLessons } from '../last-lesson/last-lesson';
import { pageStorage } from '../lab/storage';
import { onProgressNews } from './progress-news';

/** What may be said of a lesson: of its labs, or, where it has none, whether it was read. */
export type LessonStanding = 'untouched' | 'begun' | 'done';

interface Standings {
  readonly ofLab: (lab: string) => LabStanding;
  readonly ofLesson: (lesson: Pick<Lesson, 'id' | 'labs'>) => LessonStanding;
}

interface CourseData {
  readonly parts: readonly CoursePart[];
  readonly engineHash: string;
}

/** Where the reader stands; nothing is known on the server, nor where nothing can be stored. */
export function useStandings(): Standings {
  const { engineHash } = usePluginData('course') as CourseData;
  const [labs, setLabs] = useState<ReadonlyMap<string, LabStanding>>(new Map());
  const read = useReadLessons();
  useEffect(() => {
    const load = (): void => {
      readAllProgress(pageStorage()).then(
        (all) => setLabs(new Map(all.map((progress) => [progress.lab, standingOf(progress, engineHash)]))),
        () => {
          // Without storage there are no marks; the lab itself says that nothing is kept.
        },
      );
    };
    load();
    return onProgressNews(load);
  }, [engineHash]);
  const ofLab = (lab: string): LabStanding => labs.get(lab) ?? 'untouched';
  const ofLesson: Standings['ofLesson'] = (lesson) => {
    if (lesson.labs.length === 0) return read.has(lesson.id) ? 'done' : 'untouched';
    const standings = lesson.labs.map(ofLab);
    if (standings.every((standing) => standing === 'passed' || standing === 'passed-with-older-engine')) return 'done';
    return read.has(lesson.id) || standings.some((standing) => standing !== 'untouched') ? 'begun' : 'untouched';
  };
  return { ofLab, ofLesson };
}

/** Lessons by their address. */
export function useLessonAt(permalink: string): Lesson | undefined {
  const { parts } = usePluginData('course') as CourseData;
  const bare = (address: string): string => address.replace(/\/$/, '');
  return parts.flatMap((part) => part.lessons).find((lesson) => bare(lesson.permalink) === bare(permalink));
}
